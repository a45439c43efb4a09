// Somebody who signs tokens, by hand and with Node's own crypto: what the server reads is not written by the
// library that it reads with. It signs whatever it is asked to, whether it makes sense or not.

import type { KeyObject } from "node:crypto";
import { constants, createHmac, createSecretKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";

export type Members = Readonly<Record<string, unknown>>;

export interface Signer {
  readonly alg: string;
  readonly kid: string;
  /** What a server is told: a public key, or the secret itself. */
  readonly known: KeyObject;
  signs(what: string): Buffer;
}

/** A token of parts; one that is a string is taken as it stands. */
export function tokenOf(header: Members | string, claims: Members | string, signer: Signer): string {
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${signer.signs(signed).toString("base64url")}`;
}

export function part(value: Members | string | Buffer): string {
  const bytes = typeof value === "string" || Buffer.isBuffer(value) ? value : JSON.stringify(value);
  return Buffer.from(bytes as string).toString("base64url");
}

/** A secret that is shared; its hash is the strongest that it is long enough for, if nothing is said. */
export function secretSigner(secret: Buffer | string = randomBytes(32), alg = "HS256"): Signer {
  const known = createSecretKey(Buffer.from(secret as string));
  const hash = `sha${alg.slice(2)}`;
  return {
    alg,
    kid: "shared",
    known,
    signs: (what) => createHmac(hash, known).update(what).digest(),
  };
}

const curves: Readonly<Record<string, string>> = { ES256: "P-256", ES384: "P-384", ES512: "P-521" };

/** A key pair for this algorithm. */
export function keySigner(alg: string, kid: string): Signer {
  const { publicKey, privateKey } = pair(alg);
  return { alg, kid, known: publicKey, signs: (what) => signature(alg, privateKey, what) };
}

function pair(alg: string): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  const namedCurve = curves[alg];
  if (namedCurve !== undefined) return generateKeyPairSync("ec", { namedCurve });
  if (alg === "EdDSA" || alg === "Ed25519") return generateKeyPairSync("ed25519");
  return generateKeyPairSync("rsa", { modulusLength: 2048 });
}

function signature(alg: string, key: KeyObject, what: string): Buffer {
  const bytes = Buffer.from(what);
  const hash = `sha${alg.slice(2)}`;
  if (alg in curves) return sign(hash, bytes, { key, dsaEncoding: "ieee-p1363" });
  if (alg.startsWith("PS"))
    return sign(hash, bytes, {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    });
  return sign(alg.startsWith("RS") ? hash : null, bytes, key);
}

/** What is good of a token, at some second since 1970. */
export const issuer = "https://issuer.example";
export const audience = "chat";

export function goodHeader({ alg, kid }: Signer): Members {
  return { alg, kid, typ: "JWT" };
}

export function goodClaims(second: number, username = "alice"): Members {
  return {
    iss: issuer,
    aud: audience,
    sub: `id-of-${username}`,
    preferred_username: username,
    iat: second,
    exp: second + 300,
  };
}

/** A token that is good. */
export function goodToken(signer: Signer, second: number, claims: Members = {}): string {
  return tokenOf(goodHeader(signer), { ...goodClaims(second), ...claims }, signer);
}

/** The set that an issuer publishes, in JSON. */
export function keySet(...signers: readonly Signer[]): string {
  return JSON.stringify({
    keys: signers.map(({ alg, kid, known }) => ({
      ...known.export({ format: "jwk" }),
      kid,
      use: "sig",
      ...(known.type === "secret" ? {} : { alg }),
    })),
  });
}
