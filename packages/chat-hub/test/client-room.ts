// A room and its server as far as one member's client sees them: a log in which everything happens that
// can, and what each frame says of it. Written apart from the code under test: every frame and the
// expected view are computed from the list of what was done, and nothing is kept up.

/** Something done, as it was when it was done. */
export type Happening =
  | { readonly type: "message"; readonly from: string; readonly message: string; readonly replyTo?: number }
  | { readonly type: "edit"; readonly from: string; readonly target: number; readonly message: string }
  | { readonly type: "deletion"; readonly from: string; readonly target: number }
  | {
      readonly type: "reaction";
      readonly from: string;
      readonly target: number;
      readonly emoji: string;
      readonly on: boolean;
    }
  | { readonly type: "pin"; readonly from: string; readonly target: number; readonly on: boolean }
  | { readonly type: "join"; readonly from: string }
  | { readonly type: "leave"; readonly from: string }
  | { readonly type: "role"; readonly from: string; readonly username: string; readonly role: string }
  | { readonly type: "topic"; readonly from: string; readonly topic: string };

type Payload = Record<string, unknown>;
export interface Pushed {
  readonly type: string;
  readonly payload: Payload;
}

const emojis = ["👍", "🎉", "❤️"];
const people = ["alice", "bob", "carol"];

export interface Room {
  readonly head: number;
  /** Does what the dice say; if that would change nothing, somebody says something instead. */
  happen(dice: readonly number[]): void;
  /** As it is pushed when it is done; as a row of the log, or of a replay, that is read when it ends at `head`. */
  pushed(seq: number, head?: number): Pushed;
  page(head: number, select: Select, limit: number): Payload;
  /** What a view of all of it is to show. */
  expected(): readonly Payload[];
}

export interface Select {
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly around?: number | undefined;
}

export function createRoom(): Room {
  const log: Happening[] = [{ type: "join", from: "alice" }];

  const at = (seq: number): Happening => log[seq - 1] as Happening;
  const seqs = (from: number, to: number): number[] =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  /** What was done to a message up to `head`. */
  const doneTo = (target: number, head: number): number[] =>
    seqs(target + 1, head).filter((seq) => {
      const done = at(seq);
      return "target" in done && done.target === target;
    });
  const isDeleted = (target: number, head: number): boolean =>
    doneTo(target, head).some((seq) => at(seq).type === "deletion");
  const threadOf = (seq: number): number | undefined => {
    const { replyTo } = at(seq) as { replyTo?: number };
    return replyTo === undefined ? undefined : (threadOf(replyTo) ?? replyTo);
  };

  /** The text at `head`, with what goes with it. */
  function text(target: number, head: number): Payload {
    const edits = doneTo(target, head).filter((seq) => at(seq).type === "edit");
    const last = edits.at(-1);
    const { message } = at(last ?? target) as { message: string };
    const called = people.filter((name) => message.includes(`@${name}`));
    return {
      message,
      ...(called.length > 0 ? { mentions: called } : {}),
      ...(last === undefined ? {} : { version: edits.length + 1, edited: last * 1_000 }),
    };
  }

  const entry = (seq: number): Payload => ({
    conversation: "#dev",
    seq,
    at: seq * 1_000,
    from: at(seq).from,
    sent: "00:00:00",
  });

  function message(seq: number, head: number): Payload {
    const { replyTo } = at(seq) as { replyTo?: number };
    const thread = threadOf(seq);
    return {
      ...entry(seq),
      ...(isDeleted(seq, head) ? { message: "", deleted: true } : text(seq, head)),
      ...(replyTo === undefined ? {} : { reply_to: replyTo, thread }),
    };
  }

  /** Each emoji where it came in, while somebody gives it. */
  function reactions(target: number, head: number): Payload[] {
    const given = new Map<string, Set<string>>();
    for (const seq of doneTo(target, head)) {
      const done = at(seq);
      if (done.type !== "reaction") continue;
      const who = given.get(done.emoji) ?? new Set();
      if (done.on) given.set(done.emoji, who.add(done.from));
      else who.delete(done.from);
      if (who.size === 0) given.delete(done.emoji);
    }
    return [...given].map(([emoji, who]) => ({
      emoji,
      count: who.size,
      ...(who.has("alice") ? { mine: true } : {}),
    }));
  }

  function standing(seq: number, head: number): Payload {
    const replies = seqs(seq + 1, head).filter((other) => threadOf(other) === seq).length;
    const pins = doneTo(seq, head)
      .map(at)
      .filter((done) => done.type === "pin");
    const given = reactions(seq, head);
    const stands = !isDeleted(seq, head);
    return {
      ...message(seq, head),
      ...(replies > 0 ? { replies } : {}),
      ...(stands && given.length > 0 ? { reactions: given } : {}),
      ...(stands && pins.at(-1)?.on === true ? { pinned: true } : {}),
    };
  }

  function pushed(seq: number, head = seq): Pushed {
    const done = at(seq);
    const nothing: Pushed = { type: "skip", payload: { conversation: "#dev", first: seq, last: seq } };
    switch (done.type) {
      case "message":
        return { type: "new_message", payload: message(seq, head) };
      case "edit": {
        if (isDeleted(done.target, head)) return nothing;
        const { edited, ...newest } = text(done.target, head);
        return { type: "message_edited", payload: { ...entry(seq), message_seq: done.target, ...newest } };
      }
      case "deletion":
        return { type: "message_deleted", payload: { ...entry(seq), message_seq: done.target } };
      case "reaction": {
        if (isDeleted(done.target, head)) return nothing;
        const { target, emoji, on } = done;
        return { type: "reaction", payload: { ...entry(seq), message_seq: target, emoji, on } };
      }
      case "pin":
        if (isDeleted(done.target, head)) return nothing;
        return { type: "message_pinned", payload: { ...entry(seq), message_seq: done.target, on: done.on } };
      case "join":
        return { type: "member_joined", payload: { ...entry(seq), role: seq === 1 ? "owner" : "member" } };
      case "leave":
        return { type: "member_left", payload: { ...entry(seq), username: done.from, why: "left" } };
      case "role":
        return {
          type: "role_changed",
          payload: { ...entry(seq), username: done.username, role: done.role },
        };
      case "topic":
        return { type: "room_updated", payload: { ...entry(seq), topic: done.topic } };
    }
  }

  /** What would change something, else nothing. */
  function meant([what = 0, who = 0, which = 0, extra = 0]: readonly number[]): Happening | undefined {
    const from = people[who % people.length] as string;
    const messages = seqs(1, log.length).filter((seq) => at(seq).type === "message");
    const target = messages[messages.length - 1 - (which % Math.max(1, messages.length))];
    const kind = what % 10;
    if (kind === 7) {
      const last = log.findLast(
        (done) => (done.type === "join" || done.type === "leave") && done.from === "dave",
      );
      return { type: last?.type === "join" ? "leave" : "join", from: "dave" };
    }
    if (kind === 8) return { type: "topic", from: "alice", topic: `topic ${log.length}` };
    if (kind === 9)
      return { type: "role", from: "alice", username: "bob", role: extra % 2 ? "moderator" : "member" };
    if (target === undefined || kind < 2 || isDeleted(target, log.length)) return undefined;
    if (kind === 2) return { type: "message", from, message: `re ${log.length}`, replyTo: target };
    if (kind === 3) {
      const message = `edited ${log.length}${extra % 3 === 0 ? " @alice" : ""}`;
      return { type: "edit", from: at(target).from, target, message };
    }
    if (kind === 4 && extra % 2 === 0) return { type: "deletion", from, target };
    if (kind === 4) {
      const pins = doneTo(target, log.length)
        .map(at)
        .filter((done) => done.type === "pin");
      return { type: "pin", from, target, on: pins.at(-1)?.on !== true };
    }
    const emoji = emojis[extra % emojis.length] as string;
    const before = doneTo(target, log.length).map(at);
    const last = before.findLast(
      (done) => done.type === "reaction" && done.from === from && done.emoji === emoji,
    );
    return { type: "reaction", from, target, emoji, on: !(last?.type === "reaction" && last.on) };
  }

  return {
    get head() {
      return log.length;
    },
    happen(dice) {
      const from = people[(dice[1] ?? 0) % people.length] as string;
      const calls = (dice[3] ?? 0) % 4 === 0 ? " @alice" : "";
      log.push(meant(dice) ?? { type: "message", from, message: `said ${log.length}${calls}` });
    },
    pushed,
    page(head, { before, after, around }, limit) {
      const messages = seqs(1, head).filter((seq) => at(seq).type === "message");
      let chosen = messages.filter((seq) => seq > (after ?? 0) && seq < (before ?? head + 1));
      const { length } = chosen;
      if (around !== undefined) {
        const index = Math.max(0, messages.findIndex((seq) => seq >= around) - Math.floor(limit / 2));
        chosen = messages.slice(index, index + limit);
      } else chosen = after === undefined ? chosen.slice(-limit) : chosen.slice(0, limit);
      const more = chosen.length < (around === undefined ? length : messages.length);
      return {
        conversation: "#dev",
        messages: chosen.map((seq) => standing(seq, head)),
        first: 1,
        head,
        more,
      };
    },
    expected: () =>
      seqs(1, log.length).flatMap((seq) => {
        const { type, payload } = pushed(seq);
        if (type === "new_message") return [standing(seq, log.length)];
        return ["member_joined", "member_left", "role_changed", "room_updated"].includes(type)
          ? [{ type, ...payload }]
          : [];
      }),
  };
}
