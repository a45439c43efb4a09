// Answers to questions, the person's and the core's own.

import type { AckPayload } from "../dialects/frames/session.js";
import type { CommandId } from "../dialects/frames.js";
import type { Answer } from "./asking.js";
import type { Incoming } from "./incoming.js";
import { hearBlocks, hearConversations, hearRooms } from "./lists.js";
import { fillGap, giveUpGap, restarted } from "./log.js";
import type { Asker } from "./questions.js";
import type { ClientState } from "./state.js";
import { ask, tell } from "./state.js";
import type { Refusal } from "./told.js";

/** A frame that answers a question. */
export type Reply = Extract<Incoming, { type: Answer["type"] | "log" }>;

export function hearReply(client: ClientState, reply: Reply): void {
  const asker = client.questions.take(reply.id, reply.type);
  if (asker === undefined) return;
  if (asker.for === "person") return answer(client, asker.ask, reply);
  switch (reply.type) {
    case "history":
      return hearHistory(client, asker, reply.payload);
    case "log":
      if (asker.for === "gap") fillGap(client, asker, reply.payload);
      if (asker.for === "happened") client.views.happened(asker, reply.payload);
      return;
    case "receipts":
      if (asker.for === "receipts") client.views.receipts(asker.conversation, reply.payload.receipts);
      return;
    case "conversations":
      return asker.for === "conversations" ? hearConversations(client, asker, reply.payload) : undefined;
    case "rooms":
      return asker.for === "rooms" ? hearRooms(client, asker, reply.payload) : undefined;
    case "blocks":
      return asker.for === "blocks" ? hearBlocks(client, asker, reply.payload) : undefined;
    case "users": {
      const after = client.people.page(reply.payload);
      if (after !== undefined) ask(client, { for: "people", after });
      return tell(client, client.people.now());
    }
    default:
      return;
  }
}

/** Something is done that is no deed of the outbox. */
export function hearDone(client: ClientState, id: CommandId | undefined, ack: AckPayload): void {
  const asker = client.questions.take(id, "ack");
  if (asker?.for !== "person") return;
  const { type } = asker.question;
  if (type !== "end_session" && type !== "set_password") return;
  tell(client, { type: "answered", ask: asker.ask, answer: { type, ...ack } });
}

/** What a person asked for is told, and teaches what it can. */
function answer(client: ClientState, number: number, reply: Reply): void {
  if (reply.type === "log") return;
  if (reply.type === "rooms") client.rooms.listed(reply.payload.rooms);
  if (reply.type === "receipts") {
    client.views.receipts(reply.payload.conversation, reply.payload.receipts);
  }
  // The type and the payload belong together, which the compiler loses sight of in a spread.
  tell(client, { type: "answered", ask: number, answer: { type: reply.type, ...reply.payload } as Answer });
}

function hearHistory(
  client: ClientState,
  asker: Asker,
  page: Extract<Reply, { type: "history" }>["payload"],
): void {
  if (asker.for === "restart") return restarted(client, asker.conversation, page);
  if (asker.for !== "page") return;
  client.views.page(asker, page);
  // Nothing of it was pushed so far: whatever comes, comes after this page, or was overtaken by it.
  if (!client.isResuming) client.timelines.beginAt(asker.conversation, page.head);
}

/** There is no answer and won't be. */
export function hearNo(client: ClientState, asker: Asker, error: Refusal): void {
  switch (asker.for) {
    case "person":
      return tell(client, { type: "unanswered", ask: asker.ask, error });
    case "gap":
      return giveUpGap(client, asker.conversation);
    case "restart":
      return restarted(client, asker.conversation, undefined);
    case "page":
      return client.views.page(asker, undefined);
    default:
      return;
  }
}
