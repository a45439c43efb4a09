// How a forged token is made: what is wrong with it, as a change to one that is good.

import type { Members, Signer } from "../issuer.ts";
import { goodClaims, goodHeader, part, tokenOf } from "../issuer.ts";

export interface Scene {
  /** Whose tokens are good. */
  readonly issuer: Signer;
  /** Somebody else with a key of the same kind. */
  readonly stranger: Signer;
  /** A server of theirs that nobody may ask anything. */
  readonly strangersUrl: string;
  /** Now, in seconds since 1970. */
  readonly second: number;
  readonly skewSeconds: number;
}

export interface Row {
  readonly name: string;
  readonly verdict: "not_let_in" | "login_expired" | "let in";
  readonly token: (scene: Scene) => string;
  /** Only where the issuer's key is such a one. */
  readonly where?: (issuer: Signer) => boolean;
}

export const isSecret = ({ known }: Signer): boolean => known.type === "secret";
export const isPublic = ({ known }: Signer): boolean => known.type === "public";
export const isCurve = ({ alg }: Signer): boolean => alg.startsWith("ES");

/** Signed by the issuer as it stands, with other claims: whoever it is, it must not count. */
export function claims(changed: Members | ((scene: Scene) => Members)): Row["token"] {
  return (scene) => {
    const { issuer, second } = scene;
    const now = typeof changed === "function" ? changed(scene) : changed;
    return tokenOf(goodHeader(issuer), { ...goodClaims(second), ...now }, issuer);
  };
}

/** The same with all claims written out, `…` standing for those that are good. */
export function text(json: string | Buffer): Row["token"] {
  return ({ issuer, second }) => {
    const good = JSON.stringify(goodClaims(second)).slice(1, -1);
    const signed = `${part(goodHeader(issuer))}.${part(Buffer.isBuffer(json) ? json : json.replace("…", good))}`;
    return `${signed}.${issuer.signs(signed).toString("base64url")}`;
  };
}

/** Signed by the issuer under another header. */
export function header(changed: Members | ((scene: Scene) => Members)): Row["token"] {
  return (scene) => {
    const { issuer, second } = scene;
    const now = typeof changed === "function" ? changed(scene) : changed;
    return tokenOf({ ...goodHeader(issuer), ...now }, goodClaims(second), issuer);
  };
}

/** Signed by somebody else under a header that is to make the server believe them. */
export function strangers(
  changed: (scene: Scene) => Members,
  signer?: (scene: Scene) => Signer,
): Row["token"] {
  return (scene) => {
    const by = signer?.(scene) ?? scene.stranger;
    return tokenOf(
      { ...goodHeader(scene.issuer), alg: by.alg, ...changed(scene) },
      goodClaims(scene.second),
      by,
    );
  };
}

/** A good token whose text is changed afterwards. */
export function changed(
  change: (parts: readonly [string, string, string], scene: Scene) => string,
): Row["token"] {
  return (scene) => {
    const good = claims({})(scene).split(".");
    return change(good as unknown as readonly [string, string, string], scene);
  };
}

/** Not signed at all. */
export function unsigned(alg: string, signature: string): Row["token"] {
  return ({ issuer, second }) =>
    `${part({ ...goodHeader(issuer), alg })}.${part(goodClaims(second))}.${signature}`;
}

export const refused = (name: string, token: Row["token"], where?: Row["where"]): Row => ({
  name,
  verdict: "not_let_in",
  token,
  ...(where === undefined ? {} : { where }),
});
export const expired = (name: string, token: Row["token"]): Row => ({
  name,
  verdict: "login_expired",
  token,
});
export const good = (name: string, token: Row["token"]): Row => ({ name, verdict: "let in", token });
