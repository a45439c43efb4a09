// Why somebody may not have to do with a conversation, where what they said asks nothing of the store:
// the store knows, since it says the same to whoever would read it.

import type { CommandId } from "../../dialects/frames.js";
import type { Page } from "../../ports/pages.js";
import type { StoreRefusal } from "../../ports/refusal.js";
import type { RefusalCode } from "../../tables/refusals.js";
import type { Address } from "../../words/log.js";
import { ask } from "../asks.js";
import { refuse } from "../refuse.js";
import type { Connection } from "../state/connection.js";
import { sessionOf } from "../state/connection.js";
import type { HubState } from "../state/hub-state.js";
import type { User } from "../state/user.js";

/** Refuses it as reading it is refused. */
export function refuseAsReading(
  hub: HubState,
  connection: Connection,
  { id: viewer }: User,
  id: CommandId | undefined,
  of: Address,
): void {
  // A private conversation is its two sides', and to everybody else it is not there.
  if (of.kind === "private") return refuse(hub, connection, id, "unknown_conversation");
  const call = { type: "read", viewer, of, window: { kind: "newest" }, rows: 1, bytes: 1 } as const;
  ask(hub, call, { type: "whyNot", connection, id });
}

export function whyNot(
  hub: HubState,
  { connection, id }: { readonly connection: Connection; readonly id: CommandId | undefined },
  answer: Page | StoreRefusal<RefusalCode>,
): void {
  if (sessionOf(connection) === undefined) return;
  // Whoever has come in since was not in it when they said it.
  refuse(hub, connection, id, answer.ok ? "not_member" : answer.code);
}
