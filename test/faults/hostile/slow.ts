// Fault 24: requests that never come to an end, and thousands of connections that say nothing. Each is
// ended by a deadline, and whoever is honest comes in at once meanwhile.

import { setTimeout as pause } from "node:timers/promises";
import type { RawSocket } from "../../support/raw-connection.ts";
import { reach, reachWebSocket } from "../../support/raw-connection.ts";
import { upgradeTo } from "../../support/raw-frames.ts";
import type { Fault } from "../fault.ts";
import { visit } from "../load/visitor.ts";
import { whileUsersChat } from "./company.ts";

const slowLorises = 200;
const silent = 5_000;
/**
 * From when all are there: `loginMs`, and for requests `headersTimeout` with the half minute between
 * Node's looks at it; and what a shared machine takes to end 5,000 connections.
 */
const deadlineMs = 60_000;
const honestMs = 1_000;

export const slow: Fault = {
  number: 24,
  name: "headers byte by byte, and 5,000 connections that never log in",
  seconds: 60,
  run: (_seed, size) =>
    whileUsersChat(size, [], async ({ port, url }) => {
      const lorises = await Promise.all(Array.from({ length: slowLorises }, () => reach(port)));
      const silents: RawSocket[] = [];
      while (silents.length < silent) {
        const some = Array.from({ length: 250 }, () => reachWebSocket(port, "/ws"));
        silents.push(...(await Promise.all(some)));
      }
      const begun = performance.now();
      const ended = { lorises: 0, silents: 0 };
      const codes = new Set<number>();
      for (const loris of lorises) void loris.untilEnd().then(() => (ended.lorises += 1));
      for (const each of silents) {
        void each.closeCode().then((code) => {
          ended.silents += 1;
          codes.add(code);
        });
      }
      const logins: number[] = [];
      const head = upgradeTo("/ws?username=loris");
      for (let at = 0; performance.now() - begun < deadlineMs; at += 1) {
        for (const loris of lorises) loris.writes(head[at % head.length] === "\r" ? "x" : (head[at] ?? "x"));
        logins.push(await honestLogin(url, at));
        if (ended.lorises === slowLorises && ended.silents === silent) break;
        await pause(500);
      }
      for (const each of [...lorises, ...silents]) each.breaks();
      const slowest = Math.max(...logins);
      return {
        injected: `${slowLorises} requests byte by byte, ${silent.toLocaleString("en")} connections that say nothing`,
        broken: [
          ...(ended.lorises === slowLorises
            ? []
            : [`${slowLorises - ended.lorises} requests were not ended`]),
          ...(ended.silents === silent
            ? []
            : [`${silent - ended.silents} silent connections were not ended`]),
          ...(codes.size === 1 && codes.has(4408) ? [] : [`the silent were ended with ${[...codes]}`]),
          ...(slowest < honestMs ? [] : [`an honest login took ${slowest.toFixed(0)} ms`]),
        ],
        notes: [
          `all were ended within ${((performance.now() - begun) / 1000).toFixed(0)} s`,
          `${logins.length} honest logins meanwhile, the slowest in ${slowest.toFixed(0)} ms`,
        ],
      };
    }),
};

async function honestLogin(url: string, turn: number): Promise<number> {
  const start = performance.now();
  const honest = await visit(url, { username: `honest${turn}` });
  const took = performance.now() - start;
  honest.breaks();
  return took;
}
