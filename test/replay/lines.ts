// What was played, for people: an input with its time, and below it what came of it.

import type { Effect, Input, Millis } from "chat-hub";
import { unreachable } from "chat-hub";
import type { Outcome } from "chat-server";
import type { Played } from "./play.ts";

/** `began` is the time of the first input. */
export function linesOf({ line, input, effects, error }: Played, began: Millis): readonly string[] {
  const seconds = ((input.at - began) / 1_000).toFixed(3);
  return [
    `${line}  ${seconds} s  ${inputLine(input)}`,
    ...effects.map((effect) => `    → ${effectLine(effect)}`),
    ...(error === undefined ? [] : [`    → THREW ${stackOf(error)}`]),
  ];
}

/** What is not as it was. */
export function differenceLines(played: Played, began: Millis): readonly string[] {
  return [
    `DIFFERENT at line ${played.line}`,
    ...linesOf(played, began),
    `    as recorded: ${outcomeLine(played.recorded)}`,
    `    now:         ${outcomeLine(played.outcome)}`,
  ];
}

function stackOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.split("\n").map(inert).join("\n    ");
}

function outcomeLine(outcome: Outcome): string {
  if ("threw" in outcome) return `THREW ${inert(outcome.threw)}`;
  return inert(`${outcome.effects.join(", ") || "nothing"} (${outcome.digest})`);
}

function inputLine(input: Input): string {
  const { at: _at, wall: _wall, type, ...told } = input;
  if (input.type === "received") return `received ${input.connection} ${inert(input.frame ?? "(binary)")}`;
  return Object.keys(told).length === 0 ? type : `${type} ${inert(JSON.stringify(told))}`;
}

function effectLine(effect: Effect): string {
  switch (effect.type) {
    case "send":
      return `send ${effect.connection} ${inert(effect.frame)}`;
    case "publish": {
      const except = effect.except === undefined ? "" : ` but ${effect.except}`;
      return inert(`publish ${effect.topic}${except} ${effect.frame}`);
    }
    case "share":
      return inert(`share ${effect.connections.join(" ")} ${effect.frames.join(" ")}`);
    case "subscribe":
    case "unsubscribe":
      return inert(`${effect.type} ${effect.connection} ${effect.topic}`);
    case "close":
      return `close ${effect.connection} ${effect.closing}`;
    case "pause":
      return `pause ${effect.connection} ${effect.ms} ms`;
    case "ping":
      return `ping ${effect.connection}`;
    case "report":
      return inert(`report ${effect.order} ${JSON.stringify(effect.outcome)}`);
    case "ask":
      return inert(`ask ${effect.ask} ${JSON.stringify(effect.call)}`);
    default:
      return unreachable(effect);
  }
}

/** What strangers said must not steer the terminal that shows it. */
function inert(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (char) => `\\u{${(char.codePointAt(0) as number).toString(16)}}`,
  );
}
