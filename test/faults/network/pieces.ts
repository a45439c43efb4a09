// Fault 16: the same bytes come one at a time, in pieces and all at once. A server that reads them must
// say the same each time, to the byte; only its clock and the name of its numbering may differ.

import { frame } from "../../support/raw-frames.ts";
import type { Fault } from "../fault.ts";
import type { Audit } from "../load/ledger.ts";
import { audit, wholeLog } from "../load/ledger.ts";
import { startServer } from "../load/server.ts";
import type { Conditions } from "../proxy/conditions.ts";
import { TcpProxy } from "../proxy/tcp-proxy.ts";
import { Player } from "./player.ts";

interface Way {
  readonly name: string;
  readonly conditions: Partial<Conditions>;
}

const asItComes: Way = { name: "as it comes", conditions: {} };
const ends: readonly Way[] = [
  { name: "a byte at a time", conditions: { splitBytes: 1 } },
  { name: "64 KiB at once", conditions: { joinBytes: 64 * 1024, joinMs: 100 } },
];
/** Between the two ends. */
const odd: readonly Way[] = [2, 3, 7, 127, 1_000].map((splitBytes) => ({
  name: `${splitBytes} bytes at a time`,
  conditions: { splitBytes },
}));
const rounds = { short: 1, long: 20 };

export const pieces: Fault = {
  number: 16,
  name: "the same frames one byte at a time, and 64 KiB at once",
  seconds: 5,
  async run(_seed, size) {
    const ways = size === "short" ? ends : [...ends, ...odd];
    const others: Heard[] = [];
    const whole = await hear(asItComes, rounds[size]);
    for (const way of ways) others.push(await hear(way, rounds[size]));
    const broken = others.flatMap(({ way, transcript }) => differences(way, transcript, whole.transcript));
    const all = [whole, ...others].map((each) => each.found);
    const sum = (of: (found: Audit) => number): number => all.reduce((total, each) => total + of(each), 0);
    return {
      load: `2 raw clients, ${whole.sentBytes.toLocaleString("en")} bytes of frames`,
      injected: others.map(({ way }) => way).join(", "),
      acked: sum(({ acked }) => acked),
      lost: sum(({ lost }) => lost),
      stored: sum(({ stored }) => stored),
      doubled: sum(({ doubled }) => doubled),
      gaps: sum(({ gaps }) => gaps),
      broken: [...all.flatMap((each) => each.broken), ...broken],
      notes: [`${whole.transcript.length} frames were answered the same`],
    };
  },
};

interface Heard {
  readonly way: string;
  readonly transcript: readonly string[];
  readonly sentBytes: number;
  readonly found: Audit;
}

/** Plays everything over a link that is so, to a server that nobody else has. */
async function hear({ name, conditions }: Way, rounds: number): Promise<Heard> {
  await using server = await startServer({ flags: ["--limits", "off"] });
  await using proxy = await TcpProxy.open({ to: server.port, met: (link) => link.up.sets(conditions) });
  const alice = await Player.connect(proxy.port, "/ws?username=alice&token=alice-has-a-long-secret");
  const bob = await Player.connect(proxy.port, "/v1/ws?username=bob&token=bob-has-a-long-secret");
  await bob.says([frame('{"message":"here","id":"here"}')], ["here"]);
  for (let round = 0; round < rounds; round += 1) {
    await alice.says(...written(round));
    await bob.says([simpleLine(round)], [`b${round}`]);
    await alice.says(...asked(round));
  }
  await alice.leaves();
  await bob.leaves();
  const log = await wholeLog(server.url);
  const acks = [...alice.acks, ...bob.acks];
  const lost = acks.filter(({ seq = 0, at }) => log[seq - 1]?.at !== at).length;
  return {
    way: name,
    transcript: [...alice.transcript(), ...bob.transcript()],
    sentBytes: alice.sentBytes + bob.sentBytes,
    found: { ...audit(log, [], []), acked: acks.length, lost },
  };
}

const ping = 9;
const more = 0;

/** Everything that can be written: whole, in fragments, with a ping among them, wrong, and twice. */
function written(round: number): [frames: readonly Buffer[], ids: readonly string[]] {
  const said = Array.from({ length: 40 }, (_, n) => ({
    id: `${round}.${n}`,
    text: `${round}.${n} سلام 👋 `,
  }));
  const send = (id: string, message: string, rest = ""): string =>
    `{"type":"send_message","id":"${id}","payload":{"message":${JSON.stringify(message)}${rest}}}`;
  const frames = said.map(({ id, text }, n) => frame(send(id, text.padEnd(10 * n, "x"))));
  const pieces = Buffer.from(send("pieces", `${round} in pieces سلام`));
  // The last piece begins in the middle of a letter.
  const cut = pieces.length - '"}}'.length - 3;
  const nonce = `,"nonce":"${String(round).padStart(16, "0")}"`;
  return [
    [
      ...frames,
      frame(pieces.subarray(0, 9), { fin: false }),
      frame("are you there?", { opcode: ping }),
      frame(pieces.subarray(9, cut), { opcode: more, fin: false }),
      frame(pieces.subarray(cut), { opcode: more }),
      frame(send("long", `${round} ${"z".repeat(9_990)}`)),
      frame(send("too long", "z".repeat(10_001))),
      frame(send("once", `${round} once`, nonce)),
      frame(send("twice", `${round} once`, nonce)),
      frame(send("empty", "")),
      frame("{"),
      frame('{"type":"sing","id":"sing"}'),
      frame('{"type":"ping","id":"ping"}'),
    ],
    [...said.map(({ id }) => id), "pieces", "long", "too long", "once", "twice", "empty", "sing", "ping"],
  ];
}

function simpleLine(round: number): Buffer {
  return frame(`{"message":"${round} from bob","id":"b${round}"}`);
}

function asked(round: number): [frames: readonly Buffer[], ids: readonly string[]] {
  const from = '"conversation":"everyone"';
  return [
    [
      frame(`{"type":"history","id":"h${round}","payload":{${from},"limit":20}}`),
      frame(`{"type":"log","id":"l${round}","payload":{${from},"after":0,"limit":20}}`),
      frame(`{"type":"help","id":"?${round}"}`),
    ],
    [`h${round}`, `l${round}`, `?${round}`],
  ];
}

function differences(way: string, one: readonly string[], other: readonly string[]): readonly string[] {
  const at = Array.from({ length: Math.max(one.length, other.length) }, (_, index) => index).find(
    (index) => one[index] !== other[index],
  );
  if (at === undefined) return [];
  return [`${way}, the answers differ: ${one[at]?.slice(0, 300)} / ${other[at]?.slice(0, 300)}`];
}
