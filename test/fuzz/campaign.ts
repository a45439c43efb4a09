// Plays many cases against one server, some dozens at a time, and finds out which of them were answered
// as they may not be.

import { WebSocket } from "ws";
import { play } from "./play.ts";
import type { Case } from "./sources/cases.ts";
import type { Verdict } from "./verdict.ts";
import type { Wiring } from "./wire.ts";

export interface Campaign {
  /** `ws://127.0.0.1:8001` */
  readonly url: string;
  readonly atOnce: number;
  readonly patienceMs: number;
  readonly verdict: Verdict;
  /** Nothing if there are no more. */
  readonly next: () => Case | undefined;
}

export interface Broken {
  readonly index: number;
  /** What may not be. */
  readonly what: string;
}

/** The first that are broken; from some on, there is enough to look at. */
const enough = 10;

/** Done when there are no more cases, or enough of them are broken. */
export async function carryOut(campaign: Campaign): Promise<readonly Broken[]> {
  const wiring = wiringTo(campaign);
  const broken: Broken[] = [];
  const player = async (): Promise<void> => {
    for (let next = campaign.next(); next !== undefined && broken.length < enough; next = campaign.next()) {
      const what = await play(next.moves, wiring);
      if (what !== undefined) broken.push({ index: next.index, what });
    }
  };
  await Promise.all(Array.from({ length: campaign.atOnce }, player));
  return broken;
}

export function wiringTo({
  url,
  patienceMs,
  verdict,
}: Pick<Campaign, "url" | "patienceMs" | "verdict">): Wiring {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port), verdict, patienceMs };
}

/**
 * Waits until nobody is here but so many, and whoever asks: what the server still holds then, it keeps.
 * @throws if they don't go
 */
export async function quiet(url: string, people: number, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  for (let here = await countHere(url); here > people + 1; here = await countHere(url)) {
    if (performance.now() > until) throw new Error(`${here} people are still here`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function countHere(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url}/ws?username=counts-${Math.random().toString(36).slice(2, 10)}`);
    socket.on("error", reject);
    socket.on("message", (bytes) => {
      const { type, payload } = JSON.parse(String(bytes)) as { type: string; payload: { here: number } };
      if (type !== "welcome") return;
      socket.close(1000);
      resolve(payload.here);
    });
  });
}
