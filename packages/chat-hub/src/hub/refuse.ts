// Saying no. A refusal never ends a connection; departure.ts does that.

import type { CommandId } from "../dialects/frames.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";
import { errorPayload } from "../tables/refusals.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import { count } from "./tally.js";

export function refuse(
  hub: HubState,
  connection: Connection,
  id: CommandId | undefined,
  code: RefusalCode,
  detail?: RefusalDetail,
): void {
  count(hub.tally.refusals, code);
  const payload = errorPayload(code, detail, connection.dialect.name, hub.auth);
  send(hub, connection, connection.dialect.encode({ type: "error", id, payload }));
}
