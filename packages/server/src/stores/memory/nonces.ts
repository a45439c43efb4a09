// What was done with a nonce, so that it is done once.

import type { Act, Entry, LoggedMessage, MessageAct } from "chat-hub";
import { tokenHash } from "../token-hash.js";
import type { Log } from "./log.js";

export interface Written {
  readonly log: Log;
  /** As it was written: of a message, this tells what was asked. */
  entry: Pick<Entry, "seq" | "at"> | LoggedMessage;
  /** What else was asked, or a keyed hash of it once its text must not be kept any more. */
  act: Exclude<Act, MessageAct> | string | undefined;
}

/** What was done, to be remembered. */
export function written(log: Log, entry: Entry, act: Act): Written {
  return { log, entry, act: act.type === "message" ? undefined : act };
}

/** Whether it is the same thing, sent again. Whom a text calls follows from the text. */
export function isSame({ entry, act: first }: Written, act: Act, secret: Uint8Array): boolean {
  if (typeof first === "string") return first === fingerprint(act, secret);
  if (first !== undefined) return contentOf(first) === contentOf(act);
  if (act.type !== "message" || !("message" in entry)) return false;
  return entry.message === act.message && entry.replyTo === act.replyTo;
}

/** Lets go of what was said. */
export function blacken(told: Written | undefined, secret: Uint8Array): void {
  if (told === undefined || typeof told.act === "string") return;
  const { seq, at } = told.entry;
  if (told.act !== undefined) told.act = fingerprint(told.act, secret);
  else if ("message" in told.entry) told.act = fingerprint(actOf(told.entry), secret);
  told.entry = { seq, at };
}

function actOf({ message, replyTo }: LoggedMessage): MessageAct {
  return { type: "message", message, ...(replyTo === undefined ? {} : { replyTo }) };
}

function fingerprint(act: Act, secret: Uint8Array): string {
  return tokenHash(secret, contentOf(act)).toString("base64");
}

function contentOf(act: Act): string {
  const fields = Object.entries(act).filter(([name, value]) => name !== "mentions" && value !== undefined);
  return JSON.stringify(fields.sort(([one], [other]) => (one < other ? -1 : 1)));
}
