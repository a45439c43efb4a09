// What was done with a nonce, so that it is done once.

import type { Act, Seq, WallMillis } from "chat-hub";
import { tokenHash } from "../token-hash.js";
import type { Log } from "./log.js";

export interface Written {
  readonly log: Log;
  readonly seq: Seq;
  readonly at: WallMillis;
  /** The act, or a keyed hash of it once its text must not be kept any more. */
  act: Act | string;
}

/** Whether it is the same thing, sent again. Whom a text calls follows from the text. */
export function isSame({ act: first }: Written, act: Act, secret: Uint8Array): boolean {
  if (typeof first === "string") return first === fingerprint(act, secret);
  if (first.type === "message" && act.type === "message")
    return first.message === act.message && first.replyTo === act.replyTo;
  return contentOf(first) === contentOf(act);
}

/** Lets go of what was said. */
export function blacken(written: Written | undefined, secret: Uint8Array): void {
  if (written !== undefined && typeof written.act !== "string")
    written.act = fingerprint(written.act, secret);
}

function fingerprint(act: Act, secret: Uint8Array): string {
  return tokenHash(secret, contentOf(act)).toString("base64");
}

function contentOf(act: Act): string {
  const fields = Object.entries(act).filter(([name, value]) => name !== "mentions" && value !== undefined);
  return JSON.stringify(fields.sort(([one], [other]) => (one < other ? -1 : 1)));
}
