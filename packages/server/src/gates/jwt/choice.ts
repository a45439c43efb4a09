// Whose tokens are good, and what of them counts: what the options `--jwt-…` come to.

import type { Result } from "chat-hub";
import { fault, ok } from "chat-hub";
import { defaultSkewMs, mostSkewMs } from "./limits.js";

export interface JwtChoice {
  readonly keys: KeyChoice;
  /** `iss` is this, and nothing else. */
  readonly issuer: string;
  /** `aud` names one of these; `"any"` = it is not looked at. */
  readonly audience: readonly string[] | "any";
  /** How far the issuer's clock may be off, in milliseconds. */
  readonly skewMs: number;
  /** The claim that is the name. Absent: `preferred_username`, or `sub` where a token has none. */
  readonly nameClaim?: string;
  /** Whoever's claim of this name is this value, or holds it in a list, looks after the house. */
  readonly adminClaim?: { readonly name: string; readonly value: string };
}

export type KeyChoice =
  | { readonly kind: "secret"; readonly file: string }
  | { readonly kind: "publicKey"; readonly file: string }
  | { readonly kind: "issuer"; readonly url: string };

/** The options as they are said; the skew in milliseconds. */
export interface JwtOptions {
  readonly jwtSecretFile?: string | undefined;
  readonly jwtKeyFile?: string | undefined;
  readonly jwtJwksUrl?: string | undefined;
  readonly jwtIssuer?: string | undefined;
  readonly jwtAudience?: readonly string[] | undefined;
  readonly jwtAnyAudience?: boolean | undefined;
  readonly jwtSkew?: number | undefined;
  readonly jwtNameClaim?: string | undefined;
  /** `NAME=VALUE`. */
  readonly jwtAdminClaim?: string | undefined;
}

/** What the options come to, or one line about what is wrong with them. */
export function readJwtOptions(options: JwtOptions): Result<JwtChoice, string> {
  const keys = readKeys(options);
  if (!keys.ok) return keys;
  const { jwtIssuer: issuer = "", jwtAudience: named = [], jwtAnyAudience: any = false } = options;
  const { jwtSkew: skewMs = defaultSkewMs, jwtNameClaim: nameClaim } = options;
  if (!/^\S+$/.test(issuer))
    return fault("--auth jwt needs --jwt-issuer: what the claim iss of a good token is, without spaces");
  if (named.some((each) => each === "")) return fault("--jwt-audience can't be empty");
  if (any === named.length > 0)
    return fault(
      any
        ? "--jwt-audience and --jwt-any-audience exclude each other"
        : "--auth jwt needs --jwt-audience: a token that is meant for another service must not count here (--jwt-any-audience if it may)",
    );
  if (!(skewMs >= 0 && skewMs <= mostSkewMs))
    return fault(
      `--jwt-skew is 0 to ${mostSkewMs / 1000}s: a clock that is further off wants to be set right`,
    );
  if (nameClaim === "") return fault("--jwt-name-claim can't be empty");
  const adminClaim = readPair(options.jwtAdminClaim);
  if (!adminClaim.ok) return adminClaim;
  return ok({
    keys: keys.value,
    issuer,
    audience: any ? "any" : named,
    skewMs,
    ...(nameClaim === undefined ? {} : { nameClaim }),
    ...(adminClaim.value === undefined ? {} : { adminClaim: adminClaim.value }),
  });
}

function readKeys(options: JwtOptions): Result<KeyChoice, string> {
  const { jwtSecretFile: secret, jwtKeyFile: publicKey, jwtJwksUrl: url } = options;
  if ([secret, publicKey, url].filter((each) => each !== undefined).length !== 1)
    return fault("--auth jwt needs one of --jwt-secret-file, --jwt-key-file and --jwt-jwks-url");
  if (secret !== undefined) return ok({ kind: "secret", file: secret });
  if (publicKey !== undefined) return ok({ kind: "publicKey", file: publicKey });
  return readUrl(url ?? "");
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whoever can change what this URL answers decides who comes in. */
function readUrl(text: string): Result<KeyChoice, string> {
  if (!URL.canParse(text)) return fault("--jwt-jwks-url is no URL: https://issuer.example/jwks.json");
  const { protocol, hostname, username, password, href } = new URL(text);
  if (username !== "" || password !== "") return fault("--jwt-jwks-url can't hold a user or a password");
  if (protocol === "https:" || (protocol === "http:" && loopback.test(hostname)))
    return ok({ kind: "issuer", url: href });
  return fault("--jwt-jwks-url begins with https:// (http:// only on this machine)");
}

function readPair(
  text: string | undefined,
): Result<{ readonly name: string; readonly value: string } | undefined, string> {
  if (text === undefined) return ok(undefined);
  const [, name, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) return fault("--jwt-admin-claim is NAME=VALUE: role=admin");
  return ok({ name, value });
}
