// A socket is open: it is counted, and may be a login already.

import { events } from "../dialects/events.js";
import { simple } from "../dialects/simple.js";
import { costs } from "../tables/commands/row.js";
import { comeFrom } from "./addresses.js";
import { end } from "./departure.js";
import type { Input } from "./input.js";
import { login } from "./login.js";
import { alwaysFull, spendArrival } from "./pace.js";
import { refuse } from "./refuse.js";
import { keepOut } from "./refuse-login.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";
import { queryWish } from "./wish.js";

export function connected(hub: HubState, input: Extract<Input, { type: "connected" }>): void {
  const { rates } = hub.limits;
  const connection: Connection = {
    id: input.connection,
    dialect: input.dialect === "simple" ? simple : events,
    address: comeFrom(hub, input.address),
    stage: { state: "greeting" },
    inbox: undefined,
    commandsFullAt: alwaysFull,
    paced: undefined,
    flood: undefined,
    congested: false,
    unanswered: undefined,
    missed: undefined,
    pulse: {
      unanswered: 0,
      beating: false,
      askedAt: undefined,
      livedAt: hub.at,
      queued: false,
      proof: undefined,
    },
    gone: undefined,
    loginTries: 0,
  };
  hub.connections.set(connection.id, connection);
  if (input.credential !== undefined) hub.credentials.set(connection, input.credential);
  hub.alarms.connections.set("login", connection, after(hub, hub.limits.loginMs));
  hub.alarms.connections.set("pulse", connection, after(hub, hub.limits.pingMs));
  if (hub.stopping) return end(hub, connection, "restarting");
  const ban = input.address === undefined ? undefined : hub.rules.banFrom(input.address, hub.wall);
  if (ban !== undefined) return keepOut(hub, connection, undefined, ban);
  if (rates !== undefined && (connection.address?.connections ?? 0) > rates.connectionsPerAddress) {
    refuse(hub, connection, undefined, "too_many", { message: "too many connections from your address" });
    return end(hub, connection, "crowded");
  }
  if (!spendArrival(hub, connection, costs.page)) {
    const message = "too many connections from your address, one soon after the other";
    refuse(hub, connection, undefined, "rate_limited", { message, retryAfterMs: hub.limits.pauseMs });
    return end(hub, connection, "crowded");
  }
  if (connection.dialect === simple || asksAtOnce(hub, input)) {
    login(hub, connection, undefined, queryWish(input.query), hub.limits.sinceUrlBytes);
  }
}

/** A name in the URL, or where a gate is asked whatever may say it, is a login. */
function asksAtOnce(
  { auth }: HubState,
  { query, credential }: Extract<Input, { type: "connected" }>,
): boolean {
  if (query["username"] !== undefined) return true;
  return auth !== "open" && (credential !== undefined || "token" in query || "password" in query);
}
