// Orders to the house on their way: who is meant is asked of the store, be it an account that has never logged in;
// then the records and the line of the audit log are kept in one transaction, which judges it too, and then what
// follows is carried out.

import type { Identified, KnownAs, WhoisFound } from "../../ports/people.js";
import type { Kept, Recalled } from "../../ports/records.js";
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
import type { No, OnWhom, Rest } from "./plan.js";
import { planOf } from "./plan.js";
import { adminsOnly } from "./words.js";

export function order(hub: HubState, orderer: Orderer, what: HouseOrder): void {
  if (orderer.at === "connection" && !isAdmin(hub, orderer.session))
    return refuseOrder(hub, orderer, "forbidden", adminsOnly);
  const key = "who" in what ? what.who : undefined;
  if (key === undefined) return keep(hub, orderer, what, undefined);
  ask(hub, { type: "whois", key }, { type: "ordered", step: "whom", orderer, order: what, key });
}

type Ordered<Step> = Extract<Pending, { readonly type: "ordered"; readonly step: Step }>;

export function whomFound(
  hub: HubState,
  { orderer, order: what, key }: Ordered<"whom">,
  answer: WhoisFound | StoreRefusal<"unknown_user">,
): void {
  if (!answer.ok && answer.code !== "unknown_user") return refuseOrder(hub, orderer, answer.code);
  const found = answer.ok ? answer : undefined;
  if (found !== undefined && isTheirs(hub, found)) return keep(hub, orderer, what, found);
  ask(
    hub,
    { type: "recall", kind: "account", key, at: hub.wall },
    { type: "ordered", step: "account", orderer, order: what, key, found },
  );
}

/** The name can't be an account's that has never logged in; where none is asked for, such a one has no name that is held. */
function isTheirs({ auth, users }: HubState, { user, kept, account }: WhoisFound): boolean {
  return account !== undefined || (auth === "open" && (kept || users.has(user)));
}

export function accountFound(
  hub: HubState,
  { orderer, order: what, key, found }: Ordered<"account">,
  answer: Recalled | StoreRefusal,
): void {
  if (!answer.ok) return refuseOrder(hub, orderer, answer.code);
  if (answer.record !== undefined) {
    const { name } = JSON.parse(answer.record.value) as { readonly name: string };
    const pending = { type: "ordered", step: "owner", orderer, order: what, key } as const;
    askAccount(hub, { key, name, account: key }, pending);
  } else if (found === undefined) {
    refuseOrder(hub, orderer, "unknown_user");
  } else {
    keep(hub, orderer, what, found);
  }
}

/** The account has its user now, who has never been here. */
export function ownerKnown(
  hub: HubState,
  { orderer, order: what, key }: Ordered<"owner">,
  answer: Identified | KnownAs | NameRefusal,
): void {
  accountKnown(hub, key, answer);
  if (!answer.ok) return refuseOrder(hub, orderer, answer.code);
  if ("knownAs" in answer) return refuseOrder(hub, orderer, "unknown_user");
  const { user, name, kept } = answer;
  keep(hub, orderer, what, { user, name, kept, account: key });
}

function keep(hub: HubState, orderer: Orderer, what: HouseOrder, whom: OnWhom | undefined): void {
  const by = { name: nameOf(orderer), atShell: orderer.at === "shell" };
  const planned = planOf(hub, what, by, whom);
  if ("code" in planned) return refuseOrder(hub, orderer, planned.code, planned.detail);
  const plan = { ...planned, rests: [...restsOnOrderer(orderer), ...planned.rests] };
  const { changes, audit, rests } = plan;
  const requires = rests.map(({ on }) => on);
  ask(
    hub,
    { type: "keep", changes, audit, requires, at: hub.wall },
    { type: "ordered", step: "kept", orderer, order: what, whom, plan },
  );
}

/** They may still, when it is kept: by a record, or as the gate says of who they are. */
function restsOnOrderer(orderer: Orderer): Rest[] {
  if (orderer.at === "shell" || orderer.session.pass?.admin === true) return [];
  const no: No = { code: "forbidden", detail: adminsOnly };
  return [{ on: { what: "admin", user: orderer.session.user.id }, no }];
}

/** It was so before: nobody has to hear it again. */
function stood({ rules, wall }: HubState, order: HouseOrder, { user }: OnWhom): boolean {
  if (order.type === "role") return rules.isAdmin(user) === (order.role === "admin");
  return order.type === "silence" && !order.on && rules.silenceInPublic(user, wall) === undefined;
}

export function orderKept(
  hub: HubState,
  { orderer, order: what, whom, plan: { changes, rests } }: Ordered<"kept">,
  answer: Kept | StoreRefusal,
): void {
  if (!answer.ok) return refuseOrder(hub, orderer, answer.code);
  const lacking = answer.lacks === undefined ? undefined : rests[answer.lacks];
  if (lacking !== undefined) return refuseOrder(hub, orderer, lacking.no.code, lacking.no.detail);
  const wasSo = whom !== undefined && stood(hub, what, whom);
  for (const change of changes) hub.rules.note(change, hub.wall);
  const reached = wasSo ? undefined : follow(hub, what, nameOf(orderer), whom, changes);
  tellDone(hub, orderer, reached);
}
