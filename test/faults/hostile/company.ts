// What the hostile faults have in common: ordinary users chat while it is done, nobody of them is cut
// off, and their acks come as fast as before.

import type { Findings, Size } from "../fault.ts";
import { Load } from "../load/load.ts";
import { noiseMs, slowed } from "../load/promises.ts";
import type { Server } from "../load/server.ts";
import { startServer } from "../load/server.ts";

/** What was done, and what did not hold of it. */
export interface Hostility {
  readonly injected: string;
  readonly broken?: readonly string[];
  readonly notes?: readonly string[];
}

const users = { short: 20, long: 100 };
/** People type: each says something twice a second. */
const paceMs = 500;

export async function whileUsersChat(
  size: Size,
  flags: readonly string[],
  hostile: (server: Server) => Promise<Hostility>,
): Promise<Findings> {
  await using server = await startServer({ flags });
  await using load = new Load(server, { senders: users[size], paceMs });
  await load.acks(4 * users[size]);
  load.faultBegins();
  // At least as long as it takes to see whether anybody waits.
  const [{ injected, broken = [], notes = [] }] = await Promise.all([
    hostile(server),
    load.acks(users[size]),
  ]);
  load.faultEnds();
  await load.acks(4 * users[size]);
  const cutOff = load.senders.filter(({ closed }) => closed.size > 0).map(({ name }) => name);
  const found = await load.findings({ injected, notes });
  const unharmed = cutOff.length === 0 ? [] : [`users were cut off: ${cutOff}`];
  return {
    ...found,
    broken: [...found.broken, ...broken, ...unharmed, ...slowed(found.latency, noiseMs[size])],
  };
}

/** For what is done again and again, as often as the size asks for. */
export function timesOf(size: Size, times: Readonly<Record<Size, number>>): readonly number[] {
  return Array.from({ length: times[size] }, (_, time) => time);
}
