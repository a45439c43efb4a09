// Who has asked a question, and how it is answered: with one frame, of the question's own type.

import type { Command } from "../../dialects/command.js";
import type { CommandId, ServerPayloads } from "../../dialects/frames.js";
import type { GateCall } from "../../ports/gate.js";
import type { StoreCall } from "../../ports/store.js";
import { ask } from "../asks.js";
import type { Connection } from "../state/connection.js";
import type { HubState } from "../state/hub-state.js";
import { send } from "../state/hub-state.js";
import type { User } from "../state/user.js";

export interface Asker {
  readonly connection: Connection;
  readonly user: User;
  readonly id: CommandId | undefined;
}

/** What is answered by reading the store, by the gate, or from what the hub knows. */
export type QuestionType =
  | "history"
  | "thread"
  | "pins"
  | "log"
  | "reactions"
  | "search"
  | "conversations"
  | "users"
  | "rooms"
  | "members"
  | "receipts"
  | "whois"
  | "blocks"
  | "sessions"
  | "stats"
  | "bans"
  | "audit";

/** A command that asks, by its type. */
export type Question<Type extends QuestionType = QuestionType> = Type extends QuestionType
  ? Extract<Command, { readonly type: QuestionType }> & { readonly type: Type }
  : never;

type Told = {
  [Type in QuestionType | "help"]: { readonly type: Type; readonly payload: ServerPayloads[Type] };
}[QuestionType | "help"];

export function askStore(hub: HubState, asker: Asker, question: Question, call: StoreCall | GateCall): void {
  ask(hub, call, { type: "question", asker, question });
}

export function tell(hub: HubState, { connection, id }: Asker, told: Exclude<Told, { type: "help" }>): void {
  send(hub, connection, connection.dialect.encode({ ...told, id }));
}
