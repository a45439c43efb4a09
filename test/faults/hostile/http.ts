// Fault 25: HTTP on the port of the WebSockets that is no good request: it is answered with a 4xx or not
// at all, and the connection is ended.

import { oddRequests } from "../../support/odd-requests.ts";
import { reach } from "../../support/raw-connection.ts";
import { upgradeTo } from "../../support/raw-frames.ts";
import type { Fault } from "../fault.ts";
import { timesOf, whileUsersChat } from "./company.ts";

export const http: Fault = {
  number: 25,
  name: "HTTP that is no good upgrade: headers of 100 KB, 2,000 headers, bad keys and versions, pipelining",
  seconds: 8,
  run: (_seed, size) =>
    whileUsersChat(size, [], async ({ port }) => {
      const broken: string[] = [];
      const times = timesOf(size, { short: 2, long: 100 });
      for (const _ of times) {
        const asked = oddRequests.map(async ([what, request, status]) => {
          const stranger = await reach(port);
          stranger.writes(request);
          const head = await stranger.head().catch(() => "no answer");
          stranger.breaks();
          if (!new RegExp(`^HTTP/1\\.[01] ${status} `).test(head))
            broken.push(`${what}: ${head.slice(0, 60)}`);
        });
        await Promise.all([...asked, manyHeaders(port, broken), pipelined(port, broken)]);
      }
      const count = times.length * (oddRequests.length + 2);
      return {
        injected: `${count.toLocaleString("en")} odd requests of ${oddRequests.length + 2} kinds`,
        broken,
      };
    }),
};

async function manyHeaders(port: number, broken: string[]): Promise<void> {
  const stranger = await reach(port);
  stranger.writes(upgradeTo("/ws", ...Array.from({ length: 1_990 }, (_, n) => `a${n}: 1`)));
  const head = await stranger.head();
  stranger.breaks();
  if (!/^HTTP\/1\.1 (101|431) /.test(head)) broken.push(`2,000 headers: ${head.slice(0, 60)}`);
}

/** What comes behind an upgrade is no request any more: "G" is a frame with reserved bits. */
async function pipelined(port: number, broken: string[]): Promise<void> {
  const stranger = await reach(port);
  stranger.writes(`${upgradeTo("/ws")}GET / HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await stranger.head();
  const code = await stranger.closeCode();
  if (code !== 1002) broken.push(`a request behind an upgrade: ended with ${code}`);
}
