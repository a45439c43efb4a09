// Where connections come from. What they may do together outlives them until it is full again, so that
// whoever comes back with other names finds no more than was left; then the address is forgotten.

import type { Rates } from "../tables/limits.js";
import type { Millis } from "../words/ids.js";
import { alwaysFull, refillMs } from "./pace.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";

export interface Address {
  readonly name: string;
  connections: number;
  /** When all who come from it may again say as much as ever. */
  messagesFullAt: Millis;
  commandsFullAt: Millis;
}

/** One more connection comes from there; one whose address is not counted comes from nowhere. */
export function comeFrom(hub: HubState, name: string | undefined): Address | undefined {
  if (name === undefined) return undefined;
  const address = hub.addresses.get(name) ?? newAddress(name);
  hub.addresses.set(name, address);
  hub.alarms.addresses.clear("refilled", name);
  address.connections += 1;
  return address;
}

export function goFrom(hub: HubState, { address }: Connection): void {
  if (address === undefined) return;
  address.connections -= 1;
  if (address.connections > 0) return;
  const { rates } = hub.limits;
  if (rates === undefined) hub.addresses.delete(address.name);
  else hub.alarms.addresses.set("refilled", address.name, after(hub, fullAgainMs(rates)));
}

/** Its rates are full again, and nobody has come from there since. */
export function forgetAddress(hub: HubState, name: string): void {
  hub.addresses.delete(name);
}

function newAddress(name: string): Address {
  return { name, connections: 0, messagesFullAt: alwaysFull, commandsFullAt: alwaysFull };
}

function fullAgainMs(rates: Rates): number {
  return Math.max(
    refillMs(rates.addressMessagesBurst, rates.addressMessagesPerSecond),
    refillMs(rates.addressCommandsBurst, rates.addressCommandsPerSecond),
  );
}
