// Fault 13: half of those who speak have links that flap, the others a black hole before or after each
// frame of a connection's first. Whether it ends in a RST or lets through what it held, after its client has
// long since come back by another link: everything is said exactly once, and heard in order.

import { setTimeout as pause } from "node:timers/promises";
import type { Chance } from "../../support/chance.ts";
import { between, chanceOf, oneOf } from "../../support/chance.ts";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { startServer } from "../load/server.ts";
import type { Place } from "../proxy/conditions.ts";
import type { Link } from "../proxy/link.ts";
import type { TcpProxy } from "../proxy/tcp-proxy.ts";
import { Lines } from "./lines.ts";

const people = { senders: 10, readers: 2, cores: 10 };
/** How many of the black holes there can be are made. */
const holes = { short: 14, long: Number.POSITIVE_INFINITY };
const holeMs = 3_000;
/** How long clients wait for an answer before they give a link up: shorter than a black hole. */
const patienceMs = 800;
const frames = 8;
/** A hole may wait so long for a link and a frame where it can be. */
const waitedMs = 60_000;

interface Hole {
  readonly way: "up" | "down";
  readonly place: Place;
  /** It ends in a RST; otherwise what it held gets through. */
  readonly breaks: boolean;
}

export const flapping: Fault = {
  number: 13,
  name: "links that flap; a black hole of 3 s before and after each frame",
  seconds: 6,
  async run(seed, size) {
    const chance = chanceOf(seed);
    const waiting = everyHole(chance).slice(0, holes[size]);
    const made = waiting.length;
    let open = made;
    let isBegun = false;
    await using server = await startServer({ flags: ["--limits", "off"] });
    await using lines = new Lines(server.port, (name, link) => {
      const hole = isBegun && hasHoles(name) ? waiting.pop() : undefined;
      if (hole !== undefined) dig(link, hole, () => (open -= 1));
    });
    const names = Object.entries(people).flatMap(([kind, count]) => namesOf(kind.slice(0, -1), count));
    await lines.open(names);
    await using load = new Load(server, {
      ...people,
      paceMs: 10,
      patienceMs,
      coreLimits: {
        quietMs: patienceMs,
        pongMs: patienceMs,
        connectMs: patienceMs,
        backoffMs: 50,
        backoffCapMs: 200,
      },
      url: (name) => lines.url(name),
    });
    await load.acks(100);
    isBegun = true;
    load.faultBegins();
    for (const name of names.filter(hasHoles)) lines.of(name).breaks();
    const flappingLines = names.filter((name) => !hasHoles(name)).map((name) => lines.of(name));
    let flaps = 0;
    const until = performance.now() + waitedMs;
    for (; open > 0 && performance.now() < until; flaps += 1) {
      await pause(between(chance, 1, 60));
      await flap(flappingLines, chance);
    }
    load.faultEnds();
    await load.acks(100);
    const again = load.speakers.flatMap(({ acked }) => acked.filter(({ duplicate }) => duplicate)).length;
    return await load.findings({
      injected: `${flaps} flaps, ${made} black holes of 3 s`,
      broken: open === 0 ? [] : [`${open} black holes found no frame`],
      notes: [`${again} messages were said again after they had their place`],
    });
  },
};

/** Of those who speak, sender0, core2, …: the even ones have black holes. All others flap. */
function hasHoles(name: string): boolean {
  return !name.startsWith("reader") && Number(/\d+$/.exec(name)) % 2 === 0;
}

function namesOf(kind: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${kind}${index}`);
}

/** Every hole there can be, in an order of chance. */
function everyHole(chance: Chance): Hole[] {
  const all: { readonly hole: Hole; readonly order: number }[] = [];
  for (const way of ["up", "down"] as const)
    for (let frame = 0; frame <= frames; frame += 1)
      for (const edge of ["before", "after"] as const)
        for (const breaks of [false, true])
          all.push({ hole: { way, place: { frame, edge }, breaks }, order: chance() });
  return all.sort((a, b) => a.order - b.order).map(({ hole }) => hole);
}

function dig(link: Link, { way, place, breaks }: Hole, over: () => void): void {
  link[way].at(place, () => {
    link.goesDark();
    setTimeout(() => {
      if (breaks) link.breaks();
      else link.comesBack();
      over();
    }, holeMs);
  });
}

/** Does one thing to one link, and does not wait for what comes of it. */
async function flap(lines: readonly TcpProxy[], chance: Chance): Promise<void> {
  const links = lines.flatMap((line) => line.links);
  const link = oneOf(chance, links);
  if (link === undefined) return;
  switch (between(chance, 0, 3)) {
    case 0:
      return link.breaks();
    case 1:
      return link.goesDark(between(chance, 1, 400));
    case 2:
      return oneOf(chance, [link.up, link.down])?.closes();
    default:
      for (const each of links) each.breaks();
  }
}
