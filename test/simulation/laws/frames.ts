// Frames as the laws read them: both dialects in one shape, parsed by nothing of the hub's.

import type { DialectName } from "chat-hub";

export interface Frame {
  /** The type of the events dialect; of a simple line its `note`, of a plain one `new_message`. */
  readonly type: string;
  readonly id: string | number | undefined;
  readonly payload: Payload;
}

/** Every field that a law looks at, in whichever frame it stands. */
export interface Payload {
  readonly conversation?: string;
  readonly seq?: number;
  readonly at?: number;
  readonly first?: number;
  readonly last?: number;
  readonly head?: number;
  readonly from?: string;
  readonly to?: string;
  readonly message?: string;
  /** Of a simple line: the push that it stands for. */
  readonly note?: string;
  readonly nonce?: string;
  readonly version?: number;
  readonly deleted?: boolean;
  readonly message_seq?: number;
  readonly reply_to?: number;
  readonly emoji?: string;
  readonly on?: boolean;
  readonly username?: string;
  readonly role?: string;
  readonly why?: string;
  readonly topic?: string;
  readonly history?: string;
  readonly archived?: boolean;
  readonly seconds?: number;
  readonly duplicate?: boolean;
  readonly unchanged?: boolean;
  readonly code?: string;
  readonly lines?: readonly {
    readonly id: number;
    readonly by: string;
    readonly action: string;
    readonly about: string;
  }[];
  readonly retryable?: boolean;
  readonly limits?: { readonly ping_ms: number };
  readonly token?: string;
  readonly password?: string;
  /** What the login that they are in by is called. */
  readonly session?: string;
  readonly since?: string;
  readonly epoch?: string;
  readonly delivered?: number;
  readonly read?: number;
  readonly ignored?: readonly string[];
  readonly reset?: readonly string[];
  readonly entries?: readonly { readonly type: string; readonly payload: Payload }[];
  readonly messages?: readonly Payload[];
  readonly hits?: readonly { readonly message: Payload }[];
  readonly conversations?: readonly {
    readonly conversation: string;
    readonly head: number;
    readonly read?: number;
  }[];
}

/** A place of a log as a frame tells it: an entry, or a stretch that has nothing to say. */
export interface Told {
  readonly type: string;
  readonly conversation: string;
  readonly first: number;
  readonly last: number;
  readonly payload: Payload;
}

/** Reads frames; the same text is parsed once, since most of them go to many. */
export class Frames {
  readonly #known = { simple: new Map<string, Frame>(), events: new Map<string, Frame>() };

  read(dialect: DialectName, text: string): Frame {
    const known = this.#known[dialect];
    const found = known.get(text);
    if (found !== undefined) return found;
    const frame = dialect === "simple" ? readSimple(text) : readEvents(text);
    known.set(text, frame);
    return frame;
  }
}

/** The place that a push tells, if it is an entry or a skip. */
export function toldBy({ type, payload }: Pick<Frame, "type" | "payload">): Told | undefined {
  const { conversation, seq, first = seq, last = seq } = payload;
  if (type === "ack" || conversation === undefined || first === undefined || last === undefined)
    return undefined;
  return seq === undefined && type !== "skip" ? undefined : { type, conversation, first, last, payload };
}

/** The place that an ack gives to what was done: not where a cursor was taken to, nor what was so already. */
export function toldByAck(frame: Frame, answers?: string): { conversation: string; seq: number } | undefined {
  const { conversation, seq, unchanged } = frame.payload;
  if (frame.type !== "ack" || unchanged === true || answers === "read" || answers === "delivered")
    return undefined;
  return conversation === undefined || seq === undefined ? undefined : { conversation, seq };
}

function readEvents(text: string): Frame {
  const { type, id, payload } = object(text);
  return { type: String(type), id: idOf(id), payload: payload instanceof Object ? payload : {} };
}

function readSimple(text: string): Frame {
  const line = object(text);
  for (const type of ["ack", "error", "resumed"]) {
    const payload = line[type];
    if (payload instanceof Object) return { type, id: idOf((payload as { id?: unknown }).id), payload };
  }
  const { id, note, target, from } = line as { [field: string]: string | undefined };
  if (from !== undefined) return { type: note ?? "new_message", id: undefined, payload: line };
  const payload = { ...line, conversation: conversationOf(target ?? "") };
  return { type: "send_message", id: idOf(id), payload };
}

function conversationOf(target: string): string {
  if (target === "" || target === "everyone") return "everyone";
  return /^[@#]/.test(target) ? target : `@${target}`;
}

/** What is no JSON object says nothing: bare words, and what hostile people send. */
function object(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed instanceof Object ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function idOf(id: unknown): Frame["id"] {
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}
