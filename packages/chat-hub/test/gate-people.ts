// A gate with one account, for tests: alice's, with her password and a token that she was given.

import type { AuthMode, GateAnswer, GateCall, Name, RefusalCode } from "../src/index.js";
import { HubHouse } from "./hub-house.js";

export const good = "what alice was given";
export const token = "alice-was-given-this-token";

type Verified = Extract<GateAnswer, { account: string }>;

export function verified(more: Partial<Verified> = {}): Verified {
  const name = { spelling: "Alice", key: "alice" } as Name;
  return { ok: true, account: "alice", name, admin: false, login: "first", until: undefined, ...more };
}

export function no(code: RefusalCode): GateAnswer {
  return { ok: false, code } as GateAnswer;
}

export function oneAccount(call: GateCall): GateAnswer | undefined {
  if (call.type !== "verify") return undefined;
  const { name, proof } = call;
  if (name !== undefined && name.key !== "alice") return no("not_let_in");
  if (proof.kind === "token") return proof.token === token ? verified() : no("not_let_in");
  return proof.password === good ? verified({ token }) : no("not_let_in");
}

/** What `gate` has no word for waits at the gate. */
export function houseWith(
  gate: (call: GateCall) => GateAnswer | undefined = oneAccount,
  auth: AuthMode = "password",
): HubHouse {
  const house = new HubHouse({}, auth);
  house.gate = gate;
  return house;
}

export function login(payload: object, id: number | string = 1): string {
  return JSON.stringify({ type: "login", id, payload });
}

export function byPassword(password: string, username = "alice"): string {
  return login({ username, password });
}
