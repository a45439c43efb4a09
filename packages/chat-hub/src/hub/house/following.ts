// What follows from an order that was kept: who is put out, and what everybody is told.

import type { Push } from "../../dialects/dialect.js";
import type { HousePayload } from "../../dialects/frames/house.js";
import type { RecordChange } from "../../ports/records.js";
import { houseKeys } from "../../rules/house-rules.js";
import type { HouseOrder } from "../../words/orders.js";
import { unreachable } from "../../words/result.js";
import { end } from "../departure.js";
import { tellState } from "../missed.js";
import { refuse } from "../refuse.js";
import type { Connection } from "../state/connection.js";
import type { HubState } from "../state/hub-state.js";
import type { OnWhom } from "./plan.js";
import { aboutYou, bannedWords } from "./words.js";

/** Gives back how many connections were told, if they were told something. */
export function follow(
  hub: HubState,
  order: HouseOrder,
  by: string,
  whom: OnWhom | undefined,
  changes: readonly RecordChange[],
): number | undefined {
  switch (order.type) {
    case "kick":
      tellThem(hub, order, by, whom, changes);
      for (const connection of whom === undefined ? [] : connectionsOf(hub, whom))
        end(hub, connection, "kicked");
      return undefined;
    case "ban":
      putOut(hub, whom, changes);
      return undefined;
    case "silence":
    case "role":
      tellThem(hub, order, by, whom, changes);
      return undefined;
    // Whoever comes is told, or may come again; it changes nothing that anybody does now.
    case "unban":
    case "retention":
      return undefined;
    case "slow":
    case "readOnly":
      tellAll(hub, "house", { type: "house_updated", payload: rulesNow(hub) });
      return undefined;
    case "announce": {
      const payload = { message: order.message, from: sender(by), at: hub.wall };
      return tellAll(hub, "announcement", { type: "announcement", payload });
    }
    default:
      return unreachable(order);
  }
}

/** Whoever it is about, on all their connections; whoever is away is told nothing. */
function tellThem(
  hub: HubState,
  order: HouseOrder,
  by: string,
  whom: OnWhom | undefined,
  changes: readonly RecordChange[],
): void {
  const until = changes[0]?.until;
  const said = aboutYou(order, until);
  if (whom === undefined || said === undefined) return;
  const end = until === undefined ? {} : { until };
  const reason = "reason" in order && order.reason !== "" ? { reason: order.reason } : {};
  const payload = { ...said, from: sender(by), at: hub.wall, ...end, ...reason };
  for (const connection of connectionsOf(hub, whom)) {
    if (connection.stage.state !== "here") continue;
    tellState(
      hub,
      connection,
      `your ${order.type}`,
      connection.dialect.encode({ type: "about_you", payload }),
    );
  }
}

function sender(by: string): string {
  return by === "" ? "server" : by;
}

/** What holds for all who are here. */
export function rulesNow({ rules }: HubState): HousePayload {
  const { readOnly, slowModeSeconds: slow_mode, keepSeconds } = rules;
  const keep = keepSeconds === 0 ? {} : { keep_s: keepSeconds };
  if (readOnly === undefined) return { slow_mode, read_only: false, ...keep };
  const reason = readOnly.reason === "" ? {} : { reason: readOnly.reason };
  return { slow_mode, read_only: true, ...keep, ...reason };
}

function putOut(hub: HubState, whom: OnWhom | undefined, changes: readonly RecordChange[]): void {
  const keys = new Set(changes.map(({ key }) => key));
  const out = whom !== undefined && keys.has(houseKeys.user(whom.user)) ? connectionsOf(hub, whom) : [];
  for (const connection of hub.connections.values()) {
    const { address } = connection;
    if (address !== undefined && keys.has(houseKeys.address(address.name))) out.push(connection);
  }
  for (const connection of new Set(out)) {
    const ban = banOn(hub, connection, whom);
    if (ban !== undefined) refuse(hub, connection, undefined, "banned", bannedWords(ban, hub.wall));
    end(hub, connection, "banned");
  }
}

function banOn({ rules, wall }: HubState, { address }: Connection, whom: OnWhom | undefined) {
  const byUser = whom === undefined ? undefined : rules.banOf(whom.user, wall);
  return byUser ?? (address === undefined ? undefined : rules.banFrom(address.name, wall));
}

function connectionsOf(hub: HubState, { user }: OnWhom): Connection[] {
  return [...(hub.users.get(user)?.connections ?? [])];
}

/** To all who are here; encoded once per dialect. Whoever can't take it now is told the last of its kind later. */
function tellAll(hub: HubState, of: string, push: Push): number {
  const frames = new Map<string, string | undefined>();
  const shared = new Map<string, Connection["id"][]>();
  let reached = 0;
  for (const connection of hub.connections.values()) {
    if (connection.stage.state !== "here" || connection.gone !== undefined) continue;
    reached += 1;
    const { name } = connection.dialect;
    if (!frames.has(name)) frames.set(name, connection.dialect.encode(push));
    if (connection.congested) {
      tellState(hub, connection, of, frames.get(name));
      continue;
    }
    const together = shared.get(name) ?? [];
    shared.set(name, together);
    together.push(connection.id);
  }
  for (const [name, connections] of shared) {
    const frame = frames.get(name);
    if (frame !== undefined) hub.effects.push({ type: "share", connections, frames: [frame] });
  }
  return reached;
}
