// What a server may answer to anything at all, and how it may end a connection: what its documents say,
// and nothing of its inside.

import { closings, refusals } from "chat-hub";
import { schemaFault } from "../support/schema.ts";

const codes: ReadonlySet<string> = new Set(Object.keys(refusals));
const ownClosings: ReadonlySet<number> = new Set(Object.values(closings).map(({ code }) => code));
/** Of broken frames, broken UTF-8, too many fragments, too long a frame; 1006: no time for a goodbye. */
const oddClosings: ReadonlySet<number> = new Set([1002, 1006, 1007, 1008, 1009]);
/** What only a program that failed would say. */
const inside =
  /node:internal|node_modules|file:\/\/|\.[jt]s:\d+|\n\s+at |SQLITE_|\b(Type|Reference|Range|Syntax)Error\b/;

interface Heard {
  readonly type?: string;
  readonly payload?: { readonly code?: string } | null;
  readonly error?: { readonly code?: string };
}

/** Judges texts; one that many connections hear is judged once. */
export class Verdict {
  /** The types and the codes of refusals that were heard: how far into the server a run has come. */
  readonly kinds = new Set<string>();
  #known = new Set<string>();

  /** What is wrong with a text that was heard; nothing if it may be. */
  textFault(dialect: "simple" | "events", text: string): string | undefined {
    const key = `${dialect} ${text}`;
    if (this.#known.has(key)) return undefined;
    if (this.#known.size > 1_000) this.#known = new Set();
    this.#known.add(key);
    const frame = read(text);
    if (frame === undefined) return `what was heard is no JSON: ${text}`;
    const code = frame.error?.code ?? (frame.type === "error" ? frame.payload?.code : undefined);
    const kind = code ?? frame.type;
    if (kind !== undefined) this.kinds.add(kind);
    const unlike = schemaFault(dialect, text);
    if (unlike !== undefined) return `the schema has it otherwise: ${unlike}`;
    if (code !== undefined && !codes.has(code)) return `no table has the refusal ${code}: ${text}`;
    return inside.test(text) ? `the answer shows the inside of the server: ${text}` : undefined;
  }
}

function read(text: string): Heard | undefined {
  try {
    return JSON.parse(text) as Heard;
  } catch {
    return undefined;
  }
}

/** What is wrong with the answer to an upgrade. */
export function headFault(head: string, odd: boolean): string | undefined {
  if (inside.test(head)) return `the answer shows the inside of the server: ${head}`;
  const may = odd ? /^HTTP\/1\.[01] (10[01]|200|304|4\d\d) / : /^HTTP\/1\.1 101 /;
  return may.test(head) ? undefined : `the upgrade is answered ${JSON.stringify(head.slice(0, 200))}`;
}

/** What is wrong with how the server ended a connection; `odd`: bytes went over it that may break it. */
export function closingFault(code: number, odd: boolean): string | undefined {
  if (ownClosings.has(code) || (odd && oddClosings.has(code))) return undefined;
  return `the connection was ended with ${code}, which ${odd ? "no table has" : "nothing on it asked for"}`;
}
