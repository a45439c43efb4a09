// Who has something done in the house: an admin on a connection, or somebody at the shell of the server.

import type { CommandId } from "../../dialects/frames.js";
import type { RefusalCode, RefusalDetail } from "../../tables/refusals.js";
import { errorPayload } from "../../tables/refusals.js";
import { refuse } from "../refuse.js";
import type { Connection } from "../state/connection.js";
import type { HubState } from "../state/hub-state.js";
import { send } from "../state/hub-state.js";
import type { Session } from "../state/session.js";

export type Orderer =
  | {
      readonly at: "connection";
      readonly connection: Connection;
      readonly session: Session;
      readonly id: CommandId | undefined;
      readonly nonce: string | undefined;
    }
  | { readonly at: "shell"; readonly order: number };

/** What became of an order that came from the shell. */
export type Outcome =
  | { readonly ok: true; readonly reached?: number }
  | { readonly ok: false; readonly code: RefusalCode; readonly message: string; readonly hint?: string };

/** As the log of what was done names them. */
export function nameOf(orderer: Orderer): string {
  return orderer.at === "shell" ? "" : orderer.session.user.name.spelling;
}

export function refuseOrder(
  hub: HubState,
  orderer: Orderer,
  code: RefusalCode,
  detail?: RefusalDetail,
): void {
  if (orderer.at === "connection") return refuse(hub, orderer.connection, orderer.id, code, detail);
  const { message, hint } = errorPayload(code, detail);
  const outcome: Outcome = { ok: false, code, message, ...(hint === undefined ? {} : { hint }) };
  hub.effects.push({ type: "report", order: orderer.order, outcome });
}

/** It is done, and on disk. `reached`: so many connections were told. */
export function tellDone(hub: HubState, orderer: Orderer, reached?: number): void {
  const told = reached === undefined ? {} : { reached };
  if (orderer.at === "shell") {
    hub.effects.push({ type: "report", order: orderer.order, outcome: { ok: true, ...told } });
    return;
  }
  const { connection, id, nonce } = orderer;
  if (id === undefined && nonce === undefined) return;
  const payload = {
    conversation: "everyone",
    at: hub.wall,
    ...(nonce === undefined ? {} : { nonce }),
    ...told,
  };
  send(hub, connection, connection.dialect.encode({ type: "ack", id, payload }));
}
