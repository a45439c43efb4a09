// What the hostile faults have in common: ordinary users chat while it is done, nobody of them is cut
// off, and their acks come as fast as before.

import type { Findings, Latency, Size } from "../fault.ts";
import { Load } from "../load/load.ts";
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
/** Their p99 may double; what is below this is noise of a shared machine, most of all where few are asked. */
const noiseMs = { short: 1_000, long: 250 };

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
  return { ...found, broken: [...found.broken, ...broken, ...unharmed, ...delayed(found.latency, size)] };
}

function delayed(latency: Findings["latency"], size: Size): readonly string[] {
  if (latency === undefined) return ["the latency of users was not measured"];
  const { before, during } = latency;
  const most = Math.max(2 * before.p99, noiseMs[size]);
  return during.p99 <= most ? [] : [`users waited: p99 ${ms(during)} ms, and ${ms(before)} ms before`];
}

function ms({ p99 }: Latency): string {
  return p99.toFixed(0);
}

/** For what is done again and again, as often as the size asks for. */
export function timesOf(size: Size, times: Readonly<Record<Size, number>>): readonly number[] {
  return Array.from({ length: times[size] }, (_, time) => time);
}
