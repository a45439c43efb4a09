// The command line: every option with its default, told by --help.

import { parseArgs } from "node:util";
import { peers, reference } from "./peers/peers.js";

export const scenarios = ["flood", "growth"] as const;
export type Scenario = (typeof scenarios)[number];

export interface Options {
  readonly scenarios: readonly Scenario[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUp: number;
  readonly clients: number;
  readonly window: number;
  readonly messageBytes: number;
  readonly acks: boolean;
  readonly peers: readonly string[];
  /** In the larger of the two stores of the growth. */
  readonly messages: number;
  readonly repeats: number;
  readonly json: boolean;
  readonly profile: string | undefined;
}

export const usage = `npm run bench -- [options]

  --scenarios A,B    of ${scenarios.join(", ")} (all)

flood: 32 clients, all send, all receive
  --rounds N         rounds of all peers in turn; medians are printed (3)
  --seconds S        counted time of each peer and round (5)
  --warm-up S        time before counting starts (2)
  --clients N        all send, all receive (32)
  --window N         messages that each client has in flight (64)
  --message-bytes N  length of a message; its frame is about 140 longer (24)
  --acks             each message asks for an ack; the window counts unacked messages
  --peers A,B        of ${peers.map((peer) => peer.name).join(", ")} (all)

growth: the same pages from 1,000 and from many stored messages
  --messages N       how many are many (1000000)
  --repeats N        how often each question is asked (200)

  --json             the result as one JSON object on stdout
  --profile DIR      a .cpuprofile of each server in DIR; its figures are then slower
`;

export class BadUsage extends Error {}

/** @throws {BadUsage} */
export function readOptions(args: readonly string[]): Options | "help" {
  const values = parse(args);
  if (values.help) return "help";
  return {
    scenarios: chosen("scenarios", values.scenarios, scenarios),
    messages: whole("messages", values.messages, 2_000, 100_000_000),
    repeats: whole("repeats", values.repeats, 10, 100_000),
    rounds: whole("rounds", values.rounds, 1, 1000),
    seconds: positive("seconds", values.seconds),
    warmUp: positive("warm-up", values["warm-up"]),
    clients: whole("clients", values.clients, 1, 9999),
    window: whole("window", values.window, 1, 10_000),
    messageBytes: whole("message-bytes", values["message-bytes"], 6, 10_000),
    acks: values.acks,
    peers: chosenPeers(values.peers),
    json: values.json,
    profile: values.profile,
  };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        scenarios: { type: "string", default: scenarios.join(",") },
        messages: { type: "string", default: "1000000" },
        repeats: { type: "string", default: "200" },
        rounds: { type: "string", default: "3" },
        seconds: { type: "string", default: "5" },
        "warm-up": { type: "string", default: "2" },
        clients: { type: "string", default: "32" },
        window: { type: "string", default: "64" },
        "message-bytes": { type: "string", default: "24" },
        acks: { type: "boolean", default: false },
        peers: { type: "string", default: peers.map((peer) => peer.name).join(",") },
        json: { type: "boolean", default: false },
        profile: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (error) {
    throw new BadUsage(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new BadUsage(`--${name} is a whole number from ${least} to ${most}, not "${text}"`);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new BadUsage(`--${name} is a number above 0, not "${text}"`);
}

function chosenPeers(text: string): readonly string[] {
  const known = peers.map((peer) => peer.name);
  const names = chosen("peers", text, known);
  return known.filter((name) => names.includes(name) || name === reference);
}

function chosen<Name extends string>(option: string, text: string, known: readonly Name[]): readonly Name[] {
  const names = text.split(",");
  const unknown = names.find((name) => !known.some((one) => one === name));
  if (unknown !== undefined)
    throw new BadUsage(`--${option}: there is no "${unknown}"; there are ${known.join(", ")}`);
  return known.filter((name) => names.includes(name));
}
