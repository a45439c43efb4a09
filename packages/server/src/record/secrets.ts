// Where secrets are in what a hub is told and in what it does. What it is told is written down without
// them; what it does is compared without them, since a replay does it with the stand-ins.

import type { Effect, Input } from "chat-hub";
import { commands } from "chat-hub";
import { frameWithoutSecrets } from "./frame-stand-ins.js";
import type { StandIn } from "./stand-ins.js";

/** A URL may say what a login may say; whatever else stands in one is read by nobody, and may be a secret. */
const parameters = Object.keys(commands.login.payload.fields);

export function inputWithoutSecrets(input: Input, standIn: StandIn): Input {
  switch (input.type) {
    case "connected":
      return { ...input, query: queryWithoutSecrets(input.query, standIn) };
    case "received": {
      const { frame } = input;
      return frame === undefined ? input : { ...input, frame: frameWithoutSecrets(frame, standIn) };
    }
    default:
      return input;
  }
}

function queryWithoutSecrets(
  query: Readonly<Record<string, string>>,
  standIn: StandIn,
): Readonly<Record<string, string>> {
  const told: Record<string, string> = {};
  for (const name of parameters) {
    const value = query[name];
    if (value !== undefined) told[name] = name === "token" ? standIn(value) : value;
  }
  return told;
}

export function effectsWithoutSecrets(effects: readonly Effect[], standIn: StandIn): readonly Effect[] {
  if (!effects.some((effect) => effect.type === "ask" && effect.call.type === "identify")) return effects;
  return effects.map((effect) => {
    if (effect.type !== "ask" || effect.call.type !== "identify") return effect;
    const { call } = effect;
    return call.token === undefined ? effect : { ...effect, call: { ...call, token: standIn(call.token) } };
  });
}
