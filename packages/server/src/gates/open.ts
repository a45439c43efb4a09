// How people are let in: the one place that chooses a gate.

import type { AuthMode, Gate, GateOptions, Limits, Registration } from "chat-hub";
import type { JwtChoice } from "./jwt/choice.js";
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

export interface OpenOptions<Ask> extends GateOptions<Ask> {
  readonly limits: Limits;
  readonly records: AskRecords;
  /** Milliseconds of a clock that only goes forward; by it the issuer's keys get old. Default: this process's. */
  readonly now?: () => number;
}

/**
 * Nothing for an open server. What reads signed tokens takes a tenth of a second to load, and is loaded where it is needed.
 * @throws GateError, with one line for people
 */
export async function openGate<Ask>(
  choice: AuthChoice,
  options: OpenOptions<Ask>,
): Promise<Gate<Ask> | undefined> {
  if (choice === "open") return undefined;
  if (choice.mode === "password") return openPasswordGate(choice, options);
  const { openJwtGate } = await import("./jwt.js");
  return openJwtGate(choice, options);
}
