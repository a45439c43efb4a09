// What an order changes in the records of the house, with its line of the audit log; or why it can't be.
// It changes nothing itself.

import type { WhoisFound } from "../../ports/people.js";
import type { AuditLine, RecordChange } from "../../ports/records.js";
import type { Decision } from "../../rules/house-rules.js";
import { houseKeys } from "../../rules/house-rules.js";
import type { Requirement } from "../../rules/requirements.js";
import type { RefusalCode, RefusalDetail } from "../../tables/refusals.js";
import type { UserId, WallMillis } from "../../words/ids.js";
import { everyone } from "../../words/ids.js";
import type { HouseOrder } from "../../words/orders.js";
import { isAdminHere } from "../admins.js";
import type { HubState } from "../state/hub-state.js";
import {
  keptOnly,
  lastAdmin,
  noAddress,
  noAdminWithout,
  notOfAdmins,
  notOfBanned,
  notOfTheirAddress,
  notThere,
} from "./words.js";

export interface Plan {
  readonly changes: readonly RecordChange[];
  readonly audit: AuditLine;
  readonly rests: readonly Rest[];
}

/** What must hold when it is kept, with what is said if it doesn't. */
export interface Rest {
  readonly on: Requirement;
  readonly no: No;
}

export interface No {
  readonly code: RefusalCode;
  readonly detail: RefusalDetail;
}

/** Who gave the order; somebody at the shell is nobody's user. */
export interface By {
  readonly name: string;
  readonly atShell: boolean;
}

export type OnWhom = Pick<WhoisFound, "user" | "name" | "kept" | "account">;

/** `whom`: whoever the order names, as the store knows them. */
export function planOf(hub: HubState, order: HouseOrder, by: By, whom: OnWhom | undefined): Plan | No {
  const line = (action: string, about: string, ...detail: readonly string[]): AuditLine => ({
    by: by.name,
    action,
    about,
    detail: detail.filter((part) => part !== "").join(", "),
  });
  switch (order.type) {
    case "kick":
      if (whom === undefined || !isConnected(hub, whom.user)) return notThere;
      return { changes: [], audit: line("kick", whom.name, "everyone", order.reason), rests: [] };
    case "ban":
      return planBan(hub, order, by, whom, line);
    case "unban": {
      const about = whom?.name ?? order.address ?? "";
      const keys = whom === undefined ? [] : [houseKeys.user(whom.user), ...hub.rules.addressesOf(whom.name)];
      if (order.address !== undefined) keys.push(houseKeys.address(order.address));
      const changes = keys.map((key) => ({ kind: "ban", key }) as const);
      return { changes, audit: line("unban", about, "everyone"), rests: [] };
    }
    case "silence":
      return planSilence(hub, order, by, whom, line);
    case "role":
      return planRole(hub, order, by, whom, line);
    case "slow":
    case "retention": {
      const isSlow = order.type === "slow";
      const key = isSlow ? houseKeys.slowMode : houseKeys.retention;
      const value = order.seconds === 0 ? {} : { value: String(order.seconds) };
      const audit = line(isSlow ? "slow_mode" : "set_retention", "everyone", `${order.seconds} s`);
      return { changes: [{ kind: "switch", key, ...value }], audit, rests: [] };
    }
    case "readOnly": {
      const decision: Decision = { username: "", by: by.name, reason: order.reason };
      const value = order.on ? { value: JSON.stringify(decision) } : {};
      return {
        changes: [{ kind: "switch", key: houseKeys.readOnly, ...value }],
        audit: line("read_only", "everyone", order.on ? "on" : "off", order.reason),
        rests: [],
      };
    }
    case "announce": {
      const audit = line("announce", "everyone", `${[...order.message].length} characters`);
      return { changes: [], audit, rests: [] };
    }
  }
}

type Line = (action: string, about: string, ...detail: readonly string[]) => AuditLine;
type OrderOf<Type extends HouseOrder["type"]> = Extract<HouseOrder, { readonly type: Type }>;

function planBan(
  hub: HubState,
  { address, forSeconds, reason }: OrderOf<"ban">,
  by: By,
  whom: OnWhom | undefined,
  line: Line,
): Plan | No {
  if (whom !== undefined && isAdminHere(hub, whom.user)) return notOfAdmins;
  const addresses = address === true ? addressesNow(hub, whom?.user) : address === undefined ? [] : [address];
  if (address === true && addresses.length === 0) return noAddress;
  const there = usersAt(hub, addresses);
  if (there.some((user) => isAdminHere(hub, user))) return notOfTheirAddress;
  const keys = addresses.map(houseKeys.address);
  if (whom?.kept === true) keys.push(houseKeys.user(whom.user));
  if (keys.length === 0) return keptOnly;
  const decision: Decision = { username: whom?.name ?? "", by: by.name, reason };
  const term = termOf(hub, forSeconds);
  const value = JSON.stringify(decision);
  return {
    changes: keys.map((key) => ({ kind: "ban", key, value, ...term.until })),
    audit: line("ban", whom?.name ?? addresses.join(" "), "everyone", ...addresses, term.words, reason),
    rests: [
      ...(whom === undefined ? [] : [noAdmin([whom.user], notOfAdmins)]),
      noAdmin(there, notOfTheirAddress),
      room(hub, "ban", keys.length),
    ],
  };
}

function planSilence(
  hub: HubState,
  { on, forSeconds, reason }: OrderOf<"silence">,
  by: By,
  whom: OnWhom | undefined,
  line: Line,
): Plan | No {
  if (whom === undefined) return notThere;
  const key = houseKeys.silence(everyone, whom.user);
  if (!on) {
    const audit = line("unsilence", whom.name, "everyone");
    return { changes: [{ kind: "silence", key }], audit, rests: [] };
  }
  if (isAdminHere(hub, whom.user)) return notOfAdmins;
  if (!whom.kept) return keptOnly;
  const decision: Decision = { username: whom.name, by: by.name, reason };
  const term = termOf(hub, forSeconds);
  return {
    changes: [{ kind: "silence", key, value: JSON.stringify(decision), ...term.until }],
    audit: line("silence", whom.name, "everyone", term.words, reason),
    rests: [noAdmin([whom.user], notOfAdmins), room(hub, "silence", 1)],
  };
}

function planRole(
  hub: HubState,
  { role }: OrderOf<"role">,
  by: By,
  whom: OnWhom | undefined,
  line: Line,
): Plan | No {
  if (whom === undefined) return notThere;
  if (role === "admin" && !whom.kept) return noAdminWithout;
  const { user } = whom;
  const isLast = { what: "adminBeside", user, byAccount: hub.auth !== "open" } as const;
  const rests: Rest[] = [];
  if (role === "admin") rests.push({ on: { what: "notBanned", user }, no: notOfBanned });
  else if (!by.atShell) rests.push({ on: isLast, no: lastAdmin });
  return {
    changes: [adminRecord(whom, role === "admin", by.name)],
    audit: line("set_role", whom.name, "everyone", role),
    rests,
  };
}

function noAdmin(users: readonly UserId[], no: No): Rest {
  return { on: { what: "noAdmin", users }, no };
}

function room({ limits }: HubState, of: "ban" | "silence", more: number): Rest {
  return { on: { what: "room", of, more, most: limits.store.terms }, no: tooMany };
}

/** Makes somebody an admin, or a member again. Only a name that is kept can be one: the shell looks at that too. */
export function adminRecord(
  whom: Pick<OnWhom, "user" | "name" | "account">,
  on: boolean,
  by: string,
): RecordChange {
  const key = houseKeys.user(whom.user);
  const account = whom.account === undefined ? {} : { account: whom.account };
  const decision: Decision = { username: whom.name, by, reason: "", ...account };
  return { kind: "admin", key, ...(on ? { value: JSON.stringify(decision) } : {}) };
}

function termOf(hub: HubState, forSeconds: number | undefined) {
  if (forSeconds === undefined) return { until: {}, words: "" };
  return { until: { until: (hub.wall + 1_000 * forSeconds) as WallMillis }, words: `for ${forSeconds} s` };
}

const tooMany: No = {
  code: "limit_reached",
  detail: { message: "as many are in force as there can be", hint: "lift one first" },
};

function isConnected(hub: HubState, user: UserId): boolean {
  return (hub.users.get(user)?.connections.length ?? 0) > 0;
}

/** Where somebody is connected from, as far as that is counted. */
function addressesNow(hub: HubState, user: UserId | undefined): string[] {
  const connections = (user === undefined ? undefined : hub.users.get(user)?.connections) ?? [];
  return [...new Set(connections.flatMap(({ address }) => address?.name ?? []))];
}

/** Who is connected from any of them. */
function usersAt(hub: HubState, addresses: readonly string[]): UserId[] {
  const users: UserId[] = [];
  if (addresses.length === 0) return users;
  for (const { id, connections } of hub.users.values())
    if (connections.some(({ address }) => address !== undefined && addresses.includes(address.name)))
      users.push(id);
  return users;
}
