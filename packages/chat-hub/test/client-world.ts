// A client and a server that keeps one log, in one process under one clock, with a wire between them
// that a test may cut, thin out, double and shuffle. The frames are written here, not by the code
// under test.

import { createClient } from "../src/client/client.js";
import type { ClientFact, ClientOptions } from "../src/client/door.js";
import type { ClientEvent } from "../src/client/told.js";
import type { Millis } from "../src/words/ids.js";

type Frame = { type: string; id?: number; payload: Record<string, unknown> };
interface Entry {
  readonly from: string;
  readonly message: string;
  readonly nonce: string | undefined;
}

export const limits = {
  frame_bytes: 65_536,
  message_chars: 10_000,
  name_chars: 32,
  page_rows: 1_000,
  since_url_bytes: 4_096,
  since_frame_bytes: 60_000,
  login_ms: 30_000,
  login_tries: 5,
  account_attempts: 10,
  account_attempt_ms: 60_000,
  address_attempts: 50,
  address_attempt_ms: 10_000,
  ping_ms: 25_000,
  login_rooms: 20,
  rooms_per_user: 200,
  members_per_room: 10_000,
  devices_per_user: 16,
  reactions_per_message: 20,
  mentions_per_message: 20,
  pins: 50,
  blocks: 1_000,
  topic_chars: 300,
  status_chars: 100,
  reason_chars: 200,
  term_seconds: 31_622_400,
  slow_mode_seconds: 21_600,
  retention_seconds: 316_224_000,
  search_chars: 200,
  search_terms: 10,
  search_rows: 50,
  typing_every_ms: 3_000,
  typing_for_ms: 6_000,
  receipt_members: 100,
};
export const rates = { messages_per_second: 10, messages_burst: 30 };

export function welcome(more: Record<string, unknown> = {}): Frame {
  const conversations = [{ conversation: "everyone", head: 0, read: 0, unread: 0, mentions: 0 }];
  const facts = {
    username: "alice",
    kept: true,
    protocol: 1,
    auth: "open",
    durable: true,
    epoch: "first",
    session: "1",
  };
  return {
    type: "welcome",
    payload: {
      ...facts,
      at: 1,
      limits: { ...limits, ...rates },
      features: [],
      here: 1,
      settings: { status: "online", text: "", reading: "shared" },
      conversations,
      more: false,
      ...more,
    },
  };
}

export interface World {
  readonly log: readonly Entry[];
  readonly told: readonly ClientEvent[];
  at: number;
  chance: number;
  /** Tells the client a fact. */
  feed(fact: ClientFact): void;
  say(message: string): void;
  /** Somebody else says something. */
  hear(message: string): void;
  /** The client takes this frame from the server now. */
  push(type: string, payload: Record<string, unknown>, id?: number): void;
  /** Everything of this kind that was told so far. */
  heard<Type extends ClientEvent["type"]>(type: Type): Extract<ClientEvent, { type: Type }>[];
  /** Where the client connected to, and every frame it sent, also those that were lost. */
  readonly opened: string[];
  readonly sent: Frame[];
  /** When the client wants to be woken, from now. */
  dueIn(): number | undefined;
  /** Frames under way. */
  readonly up: Frame[];
  readonly down: Frame[];
  /** The server takes the next frame; the client does. */
  stepUp(): void;
  stepDown(): void;
  /** Everything under way is lost. */
  cut(): void;
  /** The server refuses so many sends, retryably; while it is down nobody connects. */
  refuse: number;
  isDown: boolean;
  /** Time goes on to the client's next deadline. */
  wait(): void;
  /** Runs without faults until nothing is under way and nothing waits to be sent. */
  settle(): void;
}

/** `lifted`: a server without rates. */
export function world(options: Partial<ClientOptions> = {}, lifted = false): World {
  const client = createClient({ url: "ws://test/ws", username: "alice", token: "t".repeat(16), ...options });
  const log: Entry[] = [];
  const told: ClientEvent[] = [];
  let connected = false;
  let loggedIn = false;
  let nonces = 0;
  const facts: ClientFact[] = [];

  const entry = (seq: number): Record<string, unknown> => {
    const { from, message } = log[seq - 1] as Entry;
    return { message, from, sent: "00:00:00", conversation: "everyone", seq, at: seq };
  };
  const push = (type: string, payload: Record<string, unknown>, id?: number): void => {
    self.down.push(id === undefined ? { type, payload } : { type, id, payload });
  };
  const replayed = (seq: number): Record<string, unknown> => {
    const nonce = (log[seq - 1] as Entry).nonce;
    return nonce === undefined ? entry(seq) : { ...entry(seq), nonce };
  };
  const append = (added: Entry): number => log.push(added);

  /** What the server does with a command. */
  const obey: Record<string, (payload: Record<string, unknown>, id: number | undefined) => void> = {
    login({ since }, id) {
      loggedIn = true;
      const conversations = [{ conversation: "everyone", head: log.length, read: 0, unread: 0, mentions: 0 }];
      push("welcome", welcome({ conversations, ...(lifted ? { limits } : {}) }).payload, id);
      if (typeof since !== "string") return;
      const from = Number(/everyone:(\d+)/.exec(since)?.[1] ?? log.length);
      for (let seq = from + 1; seq <= log.length; seq += 1) push("new_message", replayed(seq));
      push("resumed", { epoch: "first", replayed: log.length - from });
    },
    send_message({ message, nonce }, id) {
      const known = log.findIndex((one) => one.nonce === nonce) + 1;
      if (known === 0 && self.refuse > 0) {
        self.refuse -= 1;
        push(
          "error",
          { code: "rate_limited", message: "too fast", retryable: true, retry_after_ms: 200 },
          id,
        );
        return;
      }
      const seq = known || append({ from: "alice", message: String(message), nonce: String(nonce) });
      const duplicate = known === 0 ? {} : { duplicate: true };
      push("ack", { conversation: "everyone", seq, at: seq, nonce, ...duplicate }, id);
      if (known === 0) push("new_message", entry(seq));
    },
    log({ after, limit }, id) {
      const first = Number(after) + 1;
      const last = Math.min(log.length, Number(after) + Number(limit));
      const entries = [];
      for (let seq = first; seq <= last; seq += 1)
        entries.push({ type: "new_message", payload: replayed(seq) });
      push("log", { conversation: "everyone", entries, head: log.length, more: last < log.length }, id);
    },
    users: (_, id) =>
      push("users", { users: [{ username: "alice", status: "online" }], count: 1, more: false }, id),
    conversations: (_, id) => push("conversations", { conversations: [], more: false, mark: 1 }, id),
    blocks: (_, id) => push("blocks", { usernames: [], more: false }, id),
    ping: (_, id) => push("ping", { at: 1 }, id),
  };

  const self: World = {
    log,
    told,
    at: 0,
    chance: 0.5,
    up: [],
    down: [],
    opened: [],
    sent: [],
    push: (type, payload, id) =>
      self.feed({ type: "received", frame: JSON.stringify({ type, id, payload }) }),
    heard: (type) => told.filter((event) => event.type === type) as never,
    dueIn: () => {
      const due = client.deadline();
      return due === undefined ? undefined : due - self.at;
    },
    refuse: 0,
    isDown: false,
    feed(fact) {
      facts.push(fact);
      // One at a time: the client is told nothing while its deeds are being done.
      if (facts.length > 1) return;
      for (let next = facts[0]; next !== undefined; facts.shift(), next = facts[0]) {
        const input = { ...next, at: self.at as Millis, chance: self.chance };
        for (const effect of client.handle(input)) {
          if (effect.type === "tell") told.push(effect.event);
          else if (effect.type === "send") sendUp(JSON.parse(effect.frame));
          else if (effect.type === "disconnect") hangUp();
          else answerCall(effect.url);
        }
      }
    },
    say: (message) => {
      nonces += 1;
      const nonce = `nonce-${String(nonces).padStart(12, "0")}`;
      self.feed({ type: "said", nonce, to: "everyone", message });
    },
    hear(message) {
      const seq = append({ from: "bob", message, nonce: undefined });
      if (loggedIn) push("new_message", entry(seq));
    },
    stepUp() {
      const frame = self.up.shift();
      if (frame !== undefined) obey[frame.type]?.(frame.payload ?? {}, frame.id);
    },
    stepDown() {
      const frame = self.down.shift();
      if (frame !== undefined) self.feed({ type: "received", frame: JSON.stringify(frame) });
    },
    cut() {
      if (!connected) return;
      hangUp();
      self.feed({ type: "closed", code: 1006, reason: "" });
    },
    wait() {
      self.at = Math.max(self.at, client.deadline() ?? self.at);
      self.feed({ type: "elapsed" });
    },
    settle() {
      self.refuse = 0;
      self.isDown = false;
      for (let turn = 0; turn < 200; turn += 1) {
        while (self.up.length + self.down.length > 0) {
          self.stepUp();
          self.stepDown();
        }
        self.wait();
      }
    },
  };

  function sendUp(frame: Frame): void {
    self.sent.push(frame);
    self.up.push(frame);
  }

  function answerCall(url: string): void {
    self.opened.push(url);
    connected = !self.isDown;
    self.feed(connected ? { type: "opened" } : { type: "closed", code: 1006, reason: "" });
  }

  function hangUp(): void {
    connected = false;
    loggedIn = false;
    self.up.length = 0;
    self.down.length = 0;
  }

  return self;
}
