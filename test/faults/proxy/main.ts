// `npm run proxy -- --listen 9001 --to 8001 --delay 200`: a bad network before a server, to
// try a client by hand. What it can do stands in tcp-proxy.ts and link.ts; here it is only read from flags.

import { parseArgs } from "node:util";
import { WrongUse, wholeNumber, wishOf } from "../../support/wish.ts";
import type { Conditions, Place } from "./conditions.ts";
import type { Lane } from "./lane.ts";
import type { Link } from "./link.ts";
import { TcpProxy } from "./tcp-proxy.ts";

const usage = `usage: npm run proxy -- --listen PORT --to PORT [flags]
  --delay MS      every byte comes so much later
  --jitter MS     and by chance up to so much more
  --rate BYTES    so many bytes a second
  --split BYTES   at most so many bytes at a time; 1 = each byte by itself
  --join BYTES    bytes wait for more until they are so many
  --way up|down   the flags above count only towards the server, or from it
  --at PLACE      where on a connection the next is done to it, such as up:bytes:1000,
                  down:before:1, up:after:3 (frames; 0 is the handshake)
  --do DEED       break (RST) · end (FIN to the other side) · dark (nothing gets through) · stop (not read)
  --for MS        how long it stays dark or stopped; otherwise for ever
  --seed N        of the jitter`;

const deeds = ["break", "end", "dark", "stop"] as const;
type Way = "up" | "down";

interface Wish {
  readonly listen: number;
  readonly to: number;
  readonly seed: number;
  readonly ways: readonly Way[];
  readonly conditions: Partial<Conditions>;
  readonly met: (link: Link) => void;
}

const flags = {
  listen: { type: "string" },
  to: { type: "string" },
  delay: { type: "string" },
  jitter: { type: "string" },
  rate: { type: "string" },
  split: { type: "string" },
  join: { type: "string" },
  way: { type: "string" },
  at: { type: "string" },
  do: { type: "string" },
  for: { type: "string" },
  seed: { type: "string", default: "1" },
} as const;

/** @throws for what can't be read */
function readWish(args: readonly string[]): Wish {
  const { values } = parseArgs({ args: [...args], options: flags });
  const conditions: Partial<Conditions> = {
    ...(values.delay === undefined ? {} : { delayMs: wholeNumber("--delay", values.delay) }),
    ...(values.jitter === undefined ? {} : { jitterMs: wholeNumber("--jitter", values.jitter) }),
    ...(values.rate === undefined ? {} : { bytesPerSecond: wholeNumber("--rate", values.rate, 1) }),
    ...(values.split === undefined ? {} : { splitBytes: wholeNumber("--split", values.split, 1) }),
    ...(values.join === undefined ? {} : { joinBytes: wholeNumber("--join", values.join, 1) }),
  };
  return {
    listen: wholeNumber("--listen", values.listen),
    to: wholeNumber("--to", values.to, 1),
    seed: wholeNumber("--seed", values.seed),
    ways: values.way === undefined ? ["up", "down"] : [readWay(values.way)],
    conditions,
    met: readDeed(values),
  };
}

function readWay(text: string | undefined): Way {
  if (text === "up" || text === "down") return text;
  throw new WrongUse(`a way is up or down, not ${text}`);
}

function readPlace([kind, number]: readonly (string | undefined)[]): Place {
  if (kind === "bytes") return { bytes: wholeNumber("a place", number) };
  if (kind === "before" || kind === "after") return { frame: wholeNumber("a place", number), edge: kind };
  throw new WrongUse("a place is bytes:N, before:N or after:N");
}

interface DeedFlags {
  readonly at?: string;
  readonly do?: string;
  readonly for?: string;
}

function readDeed(values: DeedFlags): (link: Link) => void {
  if (values.at === undefined && values.do === undefined) return () => {};
  const [wayText, ...placeTexts] = (values.at ?? "").split(":");
  const way = readWay(wayText);
  const place = readPlace(placeTexts);
  const deed = deeds.find((name) => name === values.do);
  if (deed === undefined) throw new WrongUse(`a deed is one of ${deeds.join(", ")}`);
  const forMs = values.for === undefined ? undefined : wholeNumber("--for", values.for);
  return (link) => link[way].at(place, () => act(link, link[way], deed, forMs));
}

function act(link: Link, lane: Lane, deed: (typeof deeds)[number], forMs: number | undefined): void {
  console.log(`link ${link.number}: ${deed}${forMs === undefined ? "" : ` for ${forMs} ms`}`);
  switch (deed) {
    case "break":
      return link.breaks();
    case "end":
      return lane.closes();
    case "dark":
      return link.goesDark(forMs);
    case "stop":
      lane.stops();
      if (forMs !== undefined) setTimeout(() => lane.goesOn(), forMs);
  }
}

async function open({ listen, to, seed, ways, conditions, met }: Wish): Promise<void> {
  const proxy = await TcpProxy.open({
    port: listen,
    to,
    seed,
    met(link) {
      for (const way of ways) link[way].sets(conditions);
      met(link);
    },
  });
  console.log(`Proxy running on port: ${proxy.port}, to ${to}`);
}

const wish = wishOf(usage, () => readWish(process.argv.slice(2)));
if (wish === undefined) process.exitCode = 2;
else {
  try {
    await open(wish);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
