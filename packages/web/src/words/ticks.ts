// How far an own line has got: on its way, stored, delivered, read.

import type { ReceiptRow } from "chat-hub";
import { nameKey, reachOf } from "chat-hub";
import type { Said } from "./items.js";

export interface Tick {
  readonly icon: "failed" | "sending" | "sent" | "delivered" | "read";
  readonly words: string;
}

/** More names than this stand in no title. */
const namesSaid = 12;

/** @param receipts of the others, where they are told; without any, stored is the most that is known */
export function tick(
  said: Pick<Said, "state" | "seq" | "from">,
  receipts: readonly ReceiptRow[],
  online: boolean,
): Tick {
  if (said.state === "failed") return { icon: "failed", words: "Not sent" };
  if (said.state !== "sent")
    return { icon: "sending", words: online ? "Sending …" : "Waits for the connection" };
  const author = nameKey(said.from);
  const others = receipts.filter(({ username }) => nameKey(username) !== author).length;
  if (said.seq === undefined || others === 0) return { icon: "sent", words: "Sent" };
  const { deliveredTo, readBy } = reachOf({ seq: said.seq, from: said.from }, receipts);
  if (others === 1) {
    if (readBy.length > 0) return { icon: "read", words: "Read" };
    return deliveredTo.length > 0
      ? { icon: "delivered", words: "Delivered" }
      : { icon: "sent", words: "Sent" };
  }
  if (readBy.length === others) return { icon: "read", words: "Read by all" };
  const read = readBy.length > 0 ? `, read by ${listed(readBy)}` : "";
  if (deliveredTo.length === others) return { icon: "delivered", words: `Delivered to all${read}` };
  if (deliveredTo.length === 0) return { icon: "sent", words: "Sent" };
  return { icon: "sent", words: `Sent; delivered to ${deliveredTo.length} of ${others}${read}` };
}

export function listed(names: readonly string[]): string {
  if (names.length > namesSaid) {
    return `${names.slice(0, namesSaid).join(", ")} and ${names.length - namesSaid} more`;
  }
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Who is typing, for the line above the composer. */
export function typingWords(names: readonly string[]): string {
  if (names.length === 0) return "";
  if (names.length > 3) return "Several people are typing …";
  return `${listed(names)} ${names.length === 1 ? "is" : "are"} typing …`;
}
