// Logins that were ended a moment ago. What a gate was asked before that, it may answer by what it knew then: nobody
// comes in by it. It is remembered for as long as a login may take.

import type { AskId, Millis } from "../words/ids.js";
import type { Pass } from "./pass.js";
import type { HubState } from "./state/hub-state.js";

export interface Ending {
  readonly account: string;
  /** One of its logins, or all of them but one, which may be none. */
  readonly which: { readonly login: string } | { readonly allBut: string | undefined };
  /** Every ask before this one was made before it. */
  readonly nextAsk: number;
  readonly at: Millis;
}

export function isEndedBy(
  { account, which }: Omit<Ending, "nextAsk" | "at">,
  pass: Pick<Pass, "account" | "login">,
): boolean {
  if (pass.account !== account) return false;
  return "login" in which ? pass.login === which.login : pass.login !== which.allBut;
}

export function remember(hub: HubState, ending: Omit<Ending, "nextAsk" | "at">): void {
  const since = hub.at - hub.limits.loginMs;
  const old = hub.endings.findIndex(({ at }) => at >= since);
  hub.endings.splice(0, old < 0 ? hub.endings.length : old);
  hub.endings.push({ ...ending, nextAsk: hub.nextAsk, at: hub.at });
}

/** Whether it was ended after the gate was asked. */
export function wasEnded({ endings }: HubState, ask: AskId, pass: Pick<Pass, "account" | "login">): boolean {
  return endings.some((ending) => ending.nextAsk > ask && isEndedBy(ending, pass));
}
