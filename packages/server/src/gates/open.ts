// How people are let in: the one place that chooses a gate.

import type { AuthMode, Gate, GateOptions, Limits, Registration } from "chat-hub";
import type { JwtChoice } from "./jwt/choice.js";
import { openJwtGate } from "./jwt.js";
import type { PasswordChoice } from "./password/desk.js";
import { openPasswordGate } from "./password.js";
import type { AskRecords } from "./records.js";

/** `"open"`: whoever takes a name has it; by accounts that are kept here; by tokens that somebody else signs. */
export type AuthChoice =
  | "open"
  | ({ readonly mode: "password" } & PasswordChoice)
  | ({ readonly mode: "jwt" } & JwtChoice);

export function modeOf(choice: AuthChoice): AuthMode {
  return choice === "open" ? "open" : choice.mode;
}

export function registrationOf(choice: AuthChoice): Registration {
  return choice !== "open" && choice.mode === "password" ? choice.registration : "closed";
}

/**
 * Nothing for an open server.
 * @throws GateError, with one line for people
 */
export function openGate<Ask>(
  choice: AuthChoice,
  options: GateOptions<Ask> & { readonly limits: Limits; readonly records: AskRecords },
): Gate<Ask> | undefined {
  if (choice === "open") return undefined;
  return choice.mode === "password" ? openPasswordGate(choice, options) : openJwtGate(choice, options);
}
