// Fault 22: 100,000 frames a second from one connection, and as many from a user with many of them, and
// from an address with many users. The server stops reading from each, says `rate_limited` with
// `retry_after_ms`, and ends who goes on. They come back each time.

import type { Fault, Findings } from "../fault.ts";
import { whileUsersChat } from "./company.ts";
import type { Flooded, Wish } from "./flooding.ts";
import { floodTogether, shownCounts } from "./flooding.ts";
import { outsideAddress } from "./outside.ts";

const floodMs = { short: 1_000, long: 10_000 };
/** How often each is ended at the least; that takes some ten seconds. */
const closings = { short: 0, long: 1 };
/** In 10 ms: 100,000 a second. */
const framesPerPiece = 1_000;
const devices = 8;
const users = 50;

interface Kind {
  readonly who: string;
  /** One for each connection. */
  readonly wishes: readonly Omit<Wish, "port" | "ms" | "closings">[];
}

/** To themselves: what is stored of it is nobody's burden but the server's. */
function wishOf(name: string, frames: number, host?: string): Omit<Wish, "port" | "ms" | "closings"> {
  const texts = Array.from({ length: frames }, () => `{"message":"x","target":"${name}"}`);
  return { host, path: `/v1/ws?username=${name}&token=${name}-has-a-long-secret`, texts };
}

function kinds(outside: string | undefined): readonly Kind[] {
  const some = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);
  const one = { who: "one", wishes: [wishOf("flooder", framesPerPiece)] };
  const user = { who: "a user", wishes: some(devices).map(() => wishOf("crowd", framesPerPiece / devices)) };
  if (outside === undefined) return [one, user];
  const guests = some(users).map((n) => wishOf(`guest${n}`, framesPerPiece / users, outside));
  return [one, user, { who: "an address", wishes: guests }];
}

export const messageFlood: Fault = {
  number: 22,
  name: "100,000 frames a second from one, from a user on 8 connections, from an address with 50 users",
  seconds: 6,
  run: (_seed, size): Promise<Findings> =>
    whileUsersChat(size, ["--host", "0.0.0.0", "--yes-open"], async ({ port }) => {
      const ms = floodMs[size];
      const outside = outsideAddress();
      const found: { readonly who: string; readonly flooded: Flooded }[] = [];
      for (const { who, wishes } of kinds(outside))
        found.push({
          who,
          flooded: await floodTogether(
            wishes.map((wish) => ({ ...wish, port, ms, closings: closings[size] })),
          ),
        });
      const frames = found.reduce((sum, { flooded }) => sum + flooded.frames, 0);
      const all = found.reduce((sum, { flooded }) => sum + flooded.ms, 0);
      const perSecond = Math.round((frames * 1_000) / all);
      return {
        injected: `${frames.toLocaleString("en")} frames, ${perSecond.toLocaleString("en")} a second`,
        broken: found.flatMap(({ who, flooded }) => brokenBy(who, flooded, closings[size])),
        notes: [
          ...found.map(
            ({ who, flooded: { refused, closed } }) =>
              `${who}: answered ${shownCounts(refused)}, closed ${shownCounts(closed)}`,
          ),
          ...(outside === undefined ? ["no address but loopback: none has flooded"] : []),
        ],
      };
    }),
};

function brokenBy(who: string, { refused, closed, unhelpful }: Flooded, least: number): readonly string[] {
  const isEnded = [...closed.keys()].every((code) => code === 4429) && (closed.get(4429) ?? 0) >= least;
  return [
    ...(refused.has("rate_limited") ? [] : [`${who} was not told rate_limited`]),
    ...(unhelpful === 0 ? [] : [`${who}: rate_limited did not say when to come back`]),
    ...(isEnded ? [] : [`${who} was closed: ${shownCounts(closed)}`]),
  ];
}
