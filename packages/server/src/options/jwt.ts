// The options of `--auth jwt`: whose tokens are good, and what of them counts.

import { defaultSkewMs } from "../gates/choice.js";
import { duration, flag, list, text } from "./kinds.js";
import { flagOf, option } from "./option.js";

const group = "letting in";

export const jwtOptions = {
  jwtSecretFile: option<string | undefined>({
    group,
    kind: text("<file>"),
    default: undefined,
    help: "jwt: the secret that tokens are signed with: HS256, with 64 bytes or more also HS384 and HS512",
  }),
  jwtKeyFile: option<string | undefined>({
    group,
    kind: text("<file>"),
    default: undefined,
    help: "jwt: or the issuer's public key in PEM: RSA, EC or Ed25519",
  }),
  jwtJwksUrl: option<string | undefined>({
    group,
    kind: text("<url>"),
    default: undefined,
    help: "jwt: or where the issuer publishes its keys; they are fetched again as they change",
  }),
  jwtIssuer: option<string | undefined>({
    group,
    kind: text("<iss>"),
    default: undefined,
    help: "jwt: what iss must be",
  }),
  jwtAudience: option<readonly string[]>({
    group,
    kind: list(text("<aud>")),
    default: [],
    help: "jwt: what aud must name, one of these",
  }),
  jwtAnyAudience: option<boolean>({
    group,
    kind: flag,
    default: false,
    help: "jwt: tokens for other services count here too",
  }),
  jwtSkew: option<number>({
    group,
    kind: duration,
    default: defaultSkewMs,
    help: "jwt: how far the issuer's clock may be off, at most 300s",
  }),
  jwtNameClaim: option<string | undefined>({
    group,
    kind: text("<claim>"),
    default: undefined,
    help: "jwt: the claim that is the name; otherwise preferred_username, or sub where there is none",
  }),
  jwtAdminClaim: option<string | undefined>({
    group,
    kind: text("<name=value>"),
    default: undefined,
    help: "jwt: whose claim is this looks after the house, such as roles=chat-admin",
  }),
} as const;

type JwtSettings = { readonly [Name in keyof typeof jwtOptions]: (typeof jwtOptions)[Name]["default"] };

/** None of it is said where it does nothing: whoever says it means to be safe. What it needs is looked at in gates/choice.ts. */
export function jwtRule(settings: JwtSettings & { readonly auth: string }): readonly string[] {
  if (settings.auth === "jwt") return [];
  const names = Object.keys(jwtOptions) as (keyof JwtSettings)[];
  const said = names.filter((name) => String(settings[name]) !== String(jwtOptions[name].default));
  return said.map((name) => `${flagOf(name)} counts only with --auth jwt`);
}
