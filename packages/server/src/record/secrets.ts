// Where secrets are in what a hub is told and in what it does. What it is told is written down without
// them; what it does is compared without them, since a replay does it with the stand-ins.

import type { Credential, Effect, GateCall, Input, Proof, StoreCall } from "chat-hub";
import { commands, isGateCall } from "chat-hub";
import { frameWithoutSecrets } from "./frame-stand-ins.js";
import type { StandIn } from "./stand-ins.js";

/** A URL may say what a login may say; whatever else stands in one is read by nobody, and may be a secret. */
const parameters = Object.keys(commands.login.payload.fields);

const secret: ReadonlySet<string> = new Set(["token", "password"]);

export function inputWithoutSecrets(input: Input, standIn: StandIn): Input {
  switch (input.type) {
    case "connected":
      return {
        ...input,
        query: queryWithoutSecrets(input.query, standIn),
        ...(input.credential === undefined ? {} : { credential: shownWithout(input.credential, standIn) }),
      };
    case "received": {
      const { frame } = input;
      return frame === undefined ? input : { ...input, frame: frameWithoutSecrets(frame, standIn) };
    }
    case "answered": {
      const { answer } = input;
      // A gate has given a token in exchange.
      if (!("token" in answer) || answer.token === undefined) return input;
      return { ...input, answer: { ...answer, token: standIn(answer.token) } };
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
    if (value !== undefined) told[name] = secret.has(name) ? standIn(value) : value;
  }
  return told;
}

/** A token, or a password, with whose it is. */
function shownWithout<Shown extends Proof | Credential>(shown: Shown, standIn: StandIn): Shown {
  return shown.kind === "token"
    ? { ...shown, token: standIn(shown.token) }
    : { ...shown, password: standIn(shown.password) };
}

export function effectsWithoutSecrets(effects: readonly Effect[], standIn: StandIn): readonly Effect[] {
  return effects.some(mayHoldSecret) ? effects.map((effect) => effectWithout(effect, standIn)) : effects;
}

/** The frames that tell a token, and nothing else. */
const tellsToken = /^\{"type":"(?:welcome|refresh)",.*"token":"/;
const toldToken = /(?<="token":")[!-~]+?(?=")/;

function mayHoldSecret(effect: Effect): boolean {
  if (effect.type === "ask") return effect.call.type === "identify" || isGateCall(effect.call);
  return effect.type === "send" && tellsToken.test(effect.frame);
}

function effectWithout(effect: Effect, standIn: StandIn): Effect {
  if (!mayHoldSecret(effect)) return effect;
  if (effect.type === "send") return { ...effect, frame: effect.frame.replace(toldToken, standIn) };
  return effect.type === "ask" ? { ...effect, call: callWithout(effect.call, standIn) } : effect;
}

function callWithout(call: StoreCall | GateCall, standIn: StandIn): StoreCall | GateCall {
  switch (call.type) {
    case "identify":
      return call.token === undefined ? call : { ...call, token: standIn(call.token) };
    case "verify":
      return { ...call, proof: shownWithout(call.proof, standIn) };
    case "register":
      return { ...call, password: standIn(call.password), invite: call.invite && standIn(call.invite) };
    case "refresh":
      return call.proof === undefined ? call : { ...call, proof: shownWithout(call.proof, standIn) };
    case "setPassword":
      return { ...call, old: standIn(call.old), password: standIn(call.password) };
    default:
      return call;
  }
}
