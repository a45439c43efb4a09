// The store, or the gate, has answered: an ask remembers what it was for, and goes on from there.

import type { GateCalls } from "../ports/gate.js";
import type { StoreCalls } from "../ports/store.js";
import { unreachable } from "../words/result.js";
import { passwordSet, refreshed } from "./accounts.js";
import { appended } from "./appending.js";
import type { Pending } from "./asks.js";
import { chosen } from "./choices.js";
import { settled } from "./debts.js";
import { accountFound, orderKept, ownerKnown, whomFound } from "./house/orders.js";
import { identified } from "./identity.js";
import { obeyWaiting } from "./inbox.js";
import type { Input } from "./input.js";
import { registered, verified } from "./login.js";
import { cursorStood } from "./questions/cursor.js";
import { questionAnswered } from "./questions/questions.js";
import { whyNot } from "./questions/why-not.js";
import { moved } from "./receipts.js";
import { replayed } from "./replay.js";
import { locatedNamed, locatedOthers } from "./resume.js";
import { endNoted, ownerFound, sessionEnded } from "./sessions.js";
import type { HubState } from "./state/hub-state.js";
import { nextTurns } from "./turns.js";
import { welcomed } from "./welcome.js";

type Calls = StoreCalls & GateCalls;
type Answered = Extract<Input, { type: "answered" }>;
type Answers = { readonly [Call in keyof Calls]: Calls[Call]["answer"] };

/** An ask remembers what it was for; its answer has the type that this call is answered with. */
export function answered(hub: HubState, { ask, answer }: Answered): void {
  const pending = hub.asks.get(ask);
  hub.asks.delete(ask);
  if (pending === undefined) return;
  switch (pending.type) {
    case "verify":
      verified(hub, ask, pending, answer as Answers["verify"]);
      obeyWaiting(hub, pending.connection);
      // Whoever waits, waits for what takes long; a token holds nobody up.
      return pending.tried.takesLong ? takeTurns(hub) : undefined;
    case "register":
      registered(hub, ask, pending, answer as Answers["register"]);
      obeyWaiting(hub, pending.connection);
      return takeTurns(hub);
    case "refresh":
      return refreshed(hub, ask, pending.asker, answer as Answers["refresh"]);
    case "setPassword":
      passwordSet(hub, pending.asker, answer as Answers["setPassword"]);
      return takeTurns(hub);
    case "endSession":
      return sessionEnded(hub, pending.ender, answer as Answers["endLogin"]);
    case "endNoted":
      return endNoted(hub, pending.ender, answer as Answers["keep"]);
    case "owner":
      return ownerFound(hub, pending, answer as Answers["whois"]);
    case "identify":
      identified(hub, pending.connection, pending.login, answer as Answers["identify"]);
      // What came while it was decided has waited.
      return obeyWaiting(hub, pending.connection);
    case "welcome":
      welcomed(hub, pending.connection, pending.which, answer as Answers["stand"]);
      return obeyWaiting(hub, pending.connection);
    case "locateNamed":
      return locatedNamed(hub, pending.connection, answer as Answers["stand"]);
    case "locateOthers":
      return locatedOthers(hub, pending.connection, answer as Answers["stand"]);
    case "replay":
      return replayed(hub, pending.page, answer as Answers["read"]);
    case "append":
      return appended(hub, pending, answer as Answers["append"]);
    case "question":
      return questionAnswered(hub, pending, answer);
    case "choose":
      return chosen(hub, pending, answer as Answers["choose"]);
    case "moved":
      return moved(hub, pending.user, answer as Answers["stand"]);
    case "cursor":
      return cursorStood(hub, pending, answer as Answers["stand"]);
    case "whyNot":
      return whyNot(hub, pending, answer as Answers["read"]);
    case "debt":
      return settled(hub, pending.debt, answer);
    case "ordered":
      return orderAnswered(hub, pending, answer);
    default:
      return unreachable(pending);
  }
}

/** What was decided has made room for others; those who get none may have said more meanwhile. */
function takeTurns(hub: HubState): void {
  for (const refused of nextTurns(hub)) obeyWaiting(hub, refused);
}

function orderAnswered(
  hub: HubState,
  pending: Extract<Pending, { readonly type: "ordered" }>,
  answer: Answered["answer"],
): void {
  switch (pending.step) {
    case "whom":
      return whomFound(hub, pending, answer as Answers["whois"]);
    case "account":
      return accountFound(hub, pending, answer as Answers["recall"]);
    case "owner":
      return ownerKnown(hub, pending, answer as Answers["identify"]);
    case "kept":
      return orderKept(hub, pending, answer as Answers["keep"]);
    default:
      return unreachable(pending);
  }
}
