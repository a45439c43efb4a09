// Orders to the house on their way: who is meant is asked of the store, then the records and the line of
// the audit log are kept in one transaction, and then what follows is carried out.

import type { Identified, KnownAs, WhoisFound } from "../../ports/people.js";
import type { Kept } from "../../ports/records.js";
import type { StoreRefusal } from "../../ports/refusal.js";
import type { HouseOrder } from "../../words/orders.js";
import { isAdmin } from "../admins.js";
import type { Pending } from "../asks.js";
import { ask } from "../asks.js";
import { accountKnown, askAccount } from "../identity.js";
import type { NameRefusal } from "../name-refusal.js";
import type { HubState } from "../state/hub-state.js";
import { follow } from "./following.js";
import type { Orderer } from "./orderer.js";
import { nameOf, refuseOrder, tellDone } from "./orderer.js";
import type { OnWhom } from "./plan.js";
import { planOf } from "./plan.js";
import { adminsOnly } from "./words.js";

export function order(hub: HubState, orderer: Orderer, what: HouseOrder): void {
  if (orderer.at === "connection" && !isAdmin(hub, orderer.session))
    return refuseOrder(hub, orderer, "forbidden", adminsOnly);
  const key = "who" in what ? what.who : undefined;
  if (key === undefined) return keep(hub, orderer, what, undefined);
  if (what.type === "role" && what.account !== undefined) {
    const { name, is } = what.account;
    const pending = { type: "ordered", step: "owner", orderer, order: what, key } as const;
    return askAccount(hub, { key, name, account: is }, pending);
  }
  ask(hub, { type: "whois", key }, { type: "ordered", step: "whom", orderer, order: what });
}

type Ordered<Step> = Extract<Pending, { readonly type: "ordered"; readonly step: Step }>;

export function whomFound(
  hub: HubState,
  { orderer, order: what }: Ordered<"whom">,
  answer: WhoisFound | StoreRefusal<"unknown_user">,
): void {
  if (!answer.ok) return refuseOrder(hub, orderer, answer.code);
  keep(hub, orderer, what, answer);
}

/** The account has its user now, whether or not that was ever here. */
export function ownerKnown(
  hub: HubState,
  { orderer, order: what, key }: Ordered<"owner">,
  answer: Identified | KnownAs | NameRefusal,
): void {
  accountKnown(hub, key, answer);
  if (!answer.ok) return refuseOrder(hub, orderer, answer.code);
  if ("knownAs" in answer) return refuseOrder(hub, orderer, "unknown_user");
  const { user, name, kept } = answer;
  const account = what.type === "role" && what.account !== undefined ? { account: what.account.is } : {};
  keep(hub, orderer, what, { user, name, kept, ...account });
}

function keep(hub: HubState, orderer: Orderer, what: HouseOrder, whom: OnWhom | undefined): void {
  const by = { name: nameOf(orderer), atShell: orderer.at === "shell" };
  const plan = planOf(hub, what, by, whom);
  if ("code" in plan) return refuseOrder(hub, orderer, plan.code, plan.detail);
  const { changes, audit } = plan;
  ask(
    hub,
    { type: "keep", changes, audit, at: hub.wall },
    { type: "ordered", step: "kept", orderer, order: what, whom, changes },
  );
}

export function orderKept(
  hub: HubState,
  { orderer, order: what, whom, changes }: Ordered<"kept">,
  answer: Kept | StoreRefusal,
): void {
  if (!answer.ok) return refuseOrder(hub, orderer, answer.code);
  for (const change of changes) hub.rules.note(change, hub.wall);
  const reached = follow(hub, what, nameOf(orderer), whom, changes);
  tellDone(hub, orderer, reached);
}
