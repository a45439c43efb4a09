// Saying no to a login, and to whoever wants an account: it is one try of several, and with too many of
// them the connection ends.

import type { CommandId } from "../dialects/frames.js";
import { simple } from "../dialects/simple.js";
import type { InForce } from "../rules/house-rules.js";
import type { Closing } from "../tables/closings.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";
import { refusals } from "../tables/refusals.js";
import { end } from "./departure.js";
import { bannedWords } from "./house/words.js";
import { refuse } from "./refuse.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";

/** The simple dialect has one try; the events dialect may ask for another name. */
export function refuseLogin(
  hub: HubState,
  connection: Connection,
  id: CommandId | undefined,
  code: RefusalCode,
  detail: RefusalDetail,
  closing: Closing,
): void {
  refuse(hub, connection, id, code, detail);
  hub.tally.logins.refused += 1;
  connection.loginTries += 1;
  if (connection.dialect === simple) return end(hub, connection, closing);
  // Whoever may come in later is not told never to come again.
  if (connection.loginTries >= hub.limits.loginTries)
    return end(hub, connection, refusals[code].retryable ? closing : "notLetIn");
  connection.stage = { state: "greeting" };
}

/** Whoever is banned from the house is told why and until when, and can ask for no other name. */
export function keepOut(
  hub: HubState,
  connection: Connection,
  id: CommandId | undefined,
  ban: InForce,
): void {
  refuse(hub, connection, id, "banned", bannedWords(ban, hub.wall));
  hub.tally.logins.refused += 1;
  end(hub, connection, "banned");
}
