// How people are let in, as the options say it.

import type { AuthMode, Registration, Result } from "chat-hub";
import { fault, ok } from "chat-hub";
import type { JwtOptions } from "./jwt/choice.js";
import { readJwtOptions } from "./jwt/choice.js";
import type { AuthChoice } from "./open.js";

export { defaultSkewMs } from "./jwt/limits.js";

export interface AuthOptions extends JwtOptions {
  readonly auth: AuthMode;
  readonly registration: Registration;
  /** In milliseconds. */
  readonly loginLife: number;
  readonly host: string;
  readonly yesOpen: boolean;
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** What they come to, or one line about what is wrong with them. */
export function readAuth(options: AuthOptions): Result<AuthChoice, string> {
  const { auth, registration, loginLife: loginLifeMs, host, yesOpen } = options;
  if (auth === "password") return ok({ mode: "password", registration, loginLifeMs });
  if (auth === "jwt") {
    const read = readJwtOptions(options);
    return read.ok ? ok({ mode: "jwt", ...read.value }) : read;
  }
  if (yesOpen || loopback.test(host)) return ok("open");
  return fault(
    `on ${host} whoever can reach this machine could take any name that is free: say who may come in with --auth password or --auth jwt, or --yes-open if everybody may`,
  );
}

/** By which key signed tokens are judged, in a few words, or what is wrong with it. */
export async function judging(options: AuthOptions): Promise<Result<string, string>> {
  const read = readJwtOptions(options);
  if (!read.ok) return read;
  const { keysFor } = await import("./jwt/judging.js");
  return keysFor(read.value.keys);
}
