// What a user reads of the memory: pages of logs, and messages as they stand.

import type {
  Browse,
  Browsed,
  LoggedMessage,
  Read,
  Seq,
  StandingMessage,
  StoreCalls,
  Window,
} from "chat-hub";
import { textOf } from "../entry.js";
import type { Span } from "../page-span.js";
import { countedWindow, pageSpan, timedWindow } from "../page-span.js";
import type { Log } from "./log.js";
import type { Cursors, User } from "./people.js";
import type { Visible } from "./visible.js";

/** Messages by their number among those that are looked at. */
interface Shelf {
  readonly count: number;
  /** How many stand before a seq. */
  before(seq: Seq): number;
  /** From one number to another, both included. */
  messages(from: number, to: number): readonly LoggedMessage[];
}

export class MemoryViews {
  readonly #visible: Visible;

  constructor(visible: Visible) {
    this.#visible = visible;
  }

  page(call: Read): StoreCalls["read"]["answer"] {
    const viewer = this.#visible.people.known(call.viewer);
    const log = this.#visible.find(viewer, call.of);
    if (typeof log === "string") return { ok: false, code: log };
    const extent = this.#extent(viewer, log);
    const begins = this.#visible.begins(log, viewer.cursors.get(log) as Cursors);
    const sizesOf = (from: Seq, to: Seq) =>
      log
        .show(from, to, begins)
        .map((entry) => (entry.type === "skip" ? 0 : Buffer.byteLength(textOf(entry))));
    const { from, to, more } = pageSpan(call, extent, sizesOf);
    const place = this.#visible.place(viewer, log);
    return { ok: true, ...place, entries: from > to ? [] : log.show(from, to, begins), ...extent, more };
  }

  browse(call: Browse): StoreCalls["browse"]["answer"] {
    const viewer = this.#visible.people.known(call.viewer);
    const log = this.#visible.find(viewer, call.of);
    if (typeof log === "string") return { ok: false, code: log };
    const extent = this.#extent(viewer, log);
    const { select } = call;
    switch (select.kind) {
      case "seq":
        return this.#browsed(viewer, log, call, select.window, messagesFrom(log, extent.first));
      case "time": {
        const window = timedWindow(select.window, (at) => log.from(at));
        return this.#browsed(viewer, log, call, window, messagesFrom(log, extent.first));
      }
      case "thread": {
        const message = select.of < extent.first ? undefined : log.message(select.of);
        if (message === undefined) return { ok: false, code: "unknown_message" };
        const thread = listed(log, threadOf(log, message, extent.first));
        return this.#browsed(viewer, log, call, { kind: "after", seq: select.after }, thread);
      }
      case "pins": {
        const pins = listed(log, log.pins.since(extent.first));
        return this.#browsed(viewer, log, call, { kind: "after", seq: select.after }, pins);
      }
    }
  }

  #browsed(viewer: User, log: Log, { rows, bytes }: Browse, window: Window, shelf: Shelf): Browsed {
    const counted = countedWindow(window, (seq) => shelf.before(seq), shelf.count);
    const sizesOf = (from: number, to: number) =>
      shelf.messages(from, to).map(({ message }) => Buffer.byteLength(message));
    const all = { first: 0 as Seq, head: (shelf.count - 1) as Seq };
    const { from, to, more }: Span = pageSpan({ window: counted, rows, bytes }, all, sizesOf);
    const messages = from > to ? [] : shelf.messages(from, to);
    return {
      ok: true,
      ...this.#visible.place(viewer, log),
      messages: messages.map((message) => standing(log, message, viewer)),
      ...this.#extent(viewer, log),
      more,
    };
  }

  #extent(viewer: User, log: Log): { first: Seq; head: Seq; forgotten: boolean } {
    const first = this.#visible.first(log, viewer.cursors.get(log) as Cursors);
    const isFirstKept = first === log.first && first > log.base + 1;
    return { first, head: log.head, forgotten: isFirstKept && this.#isCut(viewer, log) };
  }

  /** Whether there was more before the first entry that is kept, which they could have seen. */
  #isCut(viewer: User, log: Log): boolean {
    const { from } = viewer.cursors.get(log) as Cursors;
    return !this.#visible.isSinceJoin(log) || from < log.first;
  }
}

/** All messages from `first` on. Where nothing else lies between them, this is arithmetic. */
function messagesFrom(log: Log, first: Seq): Shelf {
  const none = log.others.countFrom(first);
  const before = (seq: Seq) => {
    const until = Math.min(Math.max(seq, first), log.head + 1) as Seq;
    return until - first - (none - log.others.countFrom(until));
  };
  const seqOf = (number: number) => {
    let [low, high] = [first as number, log.head as number];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (before((middle + 1) as Seq) <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    count: before((log.head + 1) as Seq),
    before,
    messages(from, to) {
      const found: LoggedMessage[] = [];
      for (let seq = seqOf(from); found.length <= to - from; seq += 1) {
        const message = log.message(seq as Seq);
        if (message !== undefined) found.push(message);
      }
      return found;
    },
  };
}

function listed(log: Log, seqs: readonly Seq[]): Shelf {
  return {
    count: seqs.length,
    before: (seq) => {
      const after = seqs.findIndex((one) => one >= seq);
      return after < 0 ? seqs.length : after;
    },
    messages: (from, to) => seqs.slice(from, to + 1).map((seq) => log.message(seq) as LoggedMessage),
  };
}

/** The seqs of the thread that a message is in, its first message before the others. */
function threadOf(log: Log, { seq, thread: root = seq }: LoggedMessage, first: Seq): readonly Seq[] {
  const others = log.thread(root)?.since(first) ?? [];
  return root >= first ? [root, ...others] : others;
}

/** A message as it stands for `viewer`. */
function standing(log: Log, message: LoggedMessage, viewer: User): StandingMessage {
  const { seq } = message;
  const kinds = log.done(seq)?.kinds;
  const replies = log.thread(seq)?.length;
  if ((kinds === undefined || kinds.size === 0) && replies === undefined && !log.pins.has(seq))
    return message;
  const reactions = Array.from(kinds ?? [], ([emoji, givers]) => {
    return { emoji, count: givers.size, mine: givers.has(viewer.id) };
  });
  return {
    ...message,
    ...(reactions.length === 0 ? {} : { reactions }),
    ...(replies === undefined ? {} : { replies }),
    ...(log.pins.has(seq) ? { pinned: true } : {}),
  };
}
