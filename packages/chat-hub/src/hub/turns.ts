// The gate looks at passwords one after the other, each for long, and whoever shows one gets their turn: at once, or
// when others of their name or address are decided. Then only what failed keeps anybody from it.

import type { Register, Verify } from "../ports/gate.js";
import type { Closing } from "../tables/closings.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";
import { ask } from "./asks.js";
import type { Chance, Wanted } from "./attempts.js";
import { attempt } from "./attempts.js";
import type { Wish } from "./pass.js";
import { refuseLogin } from "./refuse-login.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";

/** Somebody wants this to be looked at. */
export interface Turn {
  readonly connection: Connection;
  readonly wish: Wish;
  readonly wanted: Wanted;
  readonly call: Omit<Verify, "at"> | Omit<Register, "at">;
}

/** Has it looked at as soon as it may be; or says why not. */
export function takeTurn(hub: HubState, turn: Turn): void {
  const chance = attempt(hub, turn.wanted);
  if (chance.when !== "soon" || hub.turns.size >= hub.limits.attempts.attemptsWaiting)
    return begin(hub, turn, chance);
  turn.connection.stage = { state: "proving" };
  hub.turns.add(turn);
}

/** Something was decided: whose turn it is now has it; those whose turn will not come are told, and given back. */
export function nextTurns(hub: HubState): readonly Connection[] {
  const refused: Connection[] = [];
  for (const turn of hub.turns) {
    const { connection, wanted } = turn;
    const isGone = connection.stage.state !== "proving";
    const chance = isGone ? undefined : attempt(hub, wanted);
    if (chance?.when === "soon") continue;
    hub.turns.delete(turn);
    if (chance === undefined) continue;
    begin(hub, turn, chance);
    if (chance.when === "later") refused.push(connection);
  }
  return refused;
}

function begin(hub: HubState, { connection, wish, call }: Turn, chance: Chance): void {
  if (chance.when !== "now") {
    const { code, detail, closing } = notNow(hub, chance);
    return refuseLogin(hub, connection, wish.id, code, detail, closing);
  }
  connection.stage = { state: "proving" };
  const pending = { type: call.type, connection, wish, tried: chance.attempt };
  ask(hub, { ...call, at: hub.wall }, pending);
}

const later = "wait retry_after_ms, then try again";

interface NotNow {
  readonly code: RefusalCode;
  readonly detail: RefusalDetail;
  readonly closing: Closing;
}

/** What is said when something can't be looked at now: too much has failed, or so much is looked at. */
export function notNow(hub: HubState, chance: Exclude<Chance, { when: "now" }>): NotNow {
  if (chance.when === "later") {
    const detail = { message: "too many logins that failed", hint: later, retryAfterMs: chance.retryAfterMs };
    return { code: "rate_limited", detail, closing: "guessing" };
  }
  return { code: "too_many", detail: wordsFor(hub, "too_many"), closing: "tryLater" };
}

/** What a refusal says more exactly of what is shown: it is no message, and no connection that could be closed. */
export function wordsFor(hub: HubState, code: RefusalCode): RefusalDetail {
  if (code === "unavailable") return { message: "nothing can be looked at for now", hint: "try again later" };
  if (code !== "too_many") return {};
  return {
    message: "too many logins at once",
    hint: later,
    retryAfterMs: hub.limits.attempts.attemptsBusyMs,
  };
}
