// Fault 20: frames that are no good WebSocket end their connection with the code of RFC 6455, and
// nobody else's.

import { brokenFrames } from "../../support/broken-frames.ts";
import { reachWebSocket } from "../../support/raw-connection.ts";
import type { Fault } from "../fault.ts";
import { timesOf, whileUsersChat } from "./company.ts";

export const frames: Fault = {
  number: 20,
  name: "frames that break RFC 6455: reserved bits and opcodes, no mask, wrong lengths, bad control frames",
  seconds: 4,
  run: (_seed, size) =>
    whileUsersChat(size, [], async ({ port }) => {
      const broken: string[] = [];
      const paths = ["/v1/ws?username=mallory", "/ws?username=mallory", "/ws"];
      const times = timesOf(size, { short: 1, long: 20 });
      for (const _ of times) {
        for (const path of paths) {
          const ends = brokenFrames.map(async ([what, code, ...bytes]) => {
            const mallory = await reachWebSocket(port, path);
            mallory.writes(...bytes);
            const ended = await mallory.closeCode();
            if (ended !== code && !isRefused(path, ended))
              broken.push(`${path}, ${what}: ${ended}, not ${code}`);
          });
          await Promise.all(ends);
        }
      }
      const count = times.length * paths.length * brokenFrames.length;
      return {
        injected: `${count.toLocaleString("en")} broken frames of ${brokenFrames.length} kinds`,
        broken,
      };
    }),
};

/** Many have one name at once: in the simple dialect the name may be taken first. */
function isRefused(path: string, code: number): boolean {
  return path.startsWith("/v1/") && code === 4409;
}
