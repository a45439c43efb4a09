// Fault 21: text that is no UTF-8, frames that are too long, and frames in too many pieces. A frame that
// says it is too long is refused by its head: nothing is kept for it.

import { brokenFrames } from "../../support/broken-frames.ts";
import type { RawSocket } from "../../support/raw-connection.ts";
import { reachWebSocket } from "../../support/raw-connection.ts";
import { frame } from "../../support/raw-frames.ts";
import type { Fault } from "../fault.ts";
import type { Server } from "../load/server.ts";
import type { Hostility } from "./company.ts";
import { timesOf, whileUsersChat } from "./company.ts";

const meant = brokenFrames.filter(([, code]) => code !== 1002);
/** Connections that each announce 1 GiB, or keep 255 pieces of a frame, at once. */
const announcers = { short: 50, long: 300 };
/** So many come at a time: it is what they hold that is measured, not how fast they come. */
const atOnce = 10;
/** What one of them may cost beside its 64 KiB: a piece of 256 bytes is kept with what there is to say of it. */
const mostBytesEach = 128 * 1024;
/** What the users' own chat may do meanwhile. */
const chatBytes = 16 * 1024 * 1024;

export const sizes: Fault = {
  number: 21,
  name: "text that is no UTF-8, frames of 64 KiB + 1, frames in 16,000 pieces",
  seconds: 12,
  run: (_seed, size) =>
    whileUsersChat(size, [], async (server) => {
      const broken: string[] = [];
      const times = timesOf(size, { short: 1, long: 50 });
      for (const _ of times) {
        for (const [what, code, ...bytes] of meant) {
          const mallory = await reachWebSocket(server.port, "/ws?username=mallory");
          mallory.writes(...bytes);
          const ended = await mallory.closeCode();
          if (ended !== code) broken.push(`${what}: ${ended}, not ${code}`);
        }
      }
      const kept = await unfinished(server, announcers[size]);
      const count = times.length * meant.length;
      return {
        injected: `${count.toLocaleString("en")} such frames, and ${kept.injected}`,
        broken: [...broken, ...(kept.broken ?? [])],
        notes: kept.notes ?? [],
      };
    }),
};

/** Many connections hold a frame of 64 KiB in pieces that does not end, then announce 1 GiB. */
async function unfinished(server: Server, count: number): Promise<Hostility> {
  const before = server.memory()?.after ?? 0;
  const piece = frame("x".repeat(256), { opcode: 0, fin: false });
  const pieces = Buffer.concat([frame("x", { fin: false }), ...Array.from({ length: 254 }, () => piece)]);
  const all: RawSocket[] = [];
  while (all.length < count) {
    const come = await Promise.all(Array.from({ length: atOnce }, () => reachWebSocket(server.port, "/ws")));
    // The ping behind the pieces is answered when they have come.
    for (const mallory of come) mallory.writes(pieces, frame("", { opcode: 9 }));
    for (const mallory of come) await mallory.frame();
    all.push(...come);
  }
  const grown = (server.memory()?.after ?? 0) - before - count * 64 * 1024;
  for (const mallory of all) mallory.writes(frame("", { opcode: 0, length: 2 ** 30 }));
  const codes = new Set(await Promise.all(all.map((mallory) => mallory.closeCode())));
  return {
    injected: `${count.toLocaleString("en")} at once that hold 64 KiB in pieces and announce 1 GiB more`,
    broken: [
      ...(codes.size === 1 && codes.has(1009) ? [] : [`announced, 1 GiB ends with ${[...codes]}`]),
      ...(grown < count * mostBytesEach + chatBytes
        ? []
        : [`the server took ${mib(grown)} MiB more than the pieces are long`]),
    ],
    notes: [`${mib(Math.max(0, grown))} MiB more than the pieces are long, at the most`],
  };
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
