// A key of a file: a secret that is shared with the issuer, or the issuer's public key.

import type { KeyObject } from "node:crypto";
import { createPublicKey, createSecretKey } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { Result } from "chat-hub";
import { fault, ok } from "chat-hub";
import { GateError } from "../gate-error.js";
import type { Keys } from "./keys.js";
import { keyFileBytes, leastRsaBits } from "./limits.js";
import type { TokenHeader } from "./token.js";

interface PinnedKey {
  readonly key: KeyObject;
  readonly algorithms: readonly string[];
}

/** One key for every token, whatever `kid` it names. */
export class FixedKey implements Keys {
  readonly algorithms: readonly string[];
  readonly #key: KeyObject;

  constructor({ key, algorithms }: PinnedKey) {
    this.algorithms = algorithms;
    this.#key = key;
  }

  async keyFor({ alg }: TokenHeader): Promise<Result<KeyObject, "unknown">> {
    return this.algorithms.includes(alg) ? ok(this.#key) : fault("unknown");
  }

  close(): void {}
}

/** A secret is at least as long as the hash that it is used with (RFC 7518, 3.2). */
const secretBytes = { HS256: 32, HS384: 48, HS512: 64 } as const;

/** @throws GateError */
export function readSecret(file: string, warn: (line: string) => void): PinnedKey {
  const bytes = readKeyFile(file, "--jwt-secret-file");
  if (bytes.includes("-----BEGIN "))
    throw new GateError(`${file} holds a key, not a secret: a public one goes to --jwt-key-file`);
  const secret = withoutNewline(bytes);
  const algorithms = Object.entries(secretBytes).flatMap(([alg, least]) =>
    secret.length >= least ? [alg] : [],
  );
  if (algorithms.length === 0)
    throw new GateError(
      `the secret in ${file} has ${secret.length} bytes and needs ${secretBytes.HS256} or more: openssl rand -hex 32 > ${file}`,
    );
  if ((statSync(file).mode & 0o077) !== 0 && process.platform !== "win32")
    warn(`others on this machine can read the secret in ${file}: chmod 600 ${file}`);
  return { key: createSecretKey(secret), algorithms };
}

/** An editor ends a line of text with a newline, which is not part of the secret; bytes that are no text are all secret. */
function withoutNewline(bytes: Buffer): Buffer {
  const [line] = /^[\x20-\x7e]+(?=\r?\n$)/.exec(bytes.toString("latin1")) ?? [];
  return line === undefined ? bytes : bytes.subarray(0, line.length);
}

const curves: Readonly<Record<string, string>> = {
  prime256v1: "ES256",
  secp384r1: "ES384",
  secp521r1: "ES512",
};
const rsa = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"] as const;
/** The older name and the newer one of the same signature (RFC 9864). */
const edwards = ["EdDSA", "Ed25519"] as const;

/** @throws GateError */
export function readPublicKey(file: string): PinnedKey {
  const text = readKeyFile(file, "--jwt-key-file").toString("latin1");
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label]) => label ?? "");
  if (labels.some((label) => label.includes("PRIVATE")))
    throw new GateError(
      `${file} holds a private key, which this server must not have: give it the public one (openssl pkey -in ${file} -pubout)`,
    );
  if (labels.length !== 1)
    throw new GateError(
      `${file} holds ${labels.length === 0 ? "no" : "more than one"} key in PEM: it begins with -----BEGIN PUBLIC KEY-----`,
    );
  const key = parsePublicKey(text, file);
  const { modulusLength = 0, namedCurve = "" } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "rsa") {
    if (modulusLength < leastRsaBits)
      throw new GateError(
        `the RSA key in ${file} has ${modulusLength} bits: fewer than ${leastRsaBits} are not safe`,
      );
    return { key, algorithms: rsa };
  }
  if (key.asymmetricKeyType === "ed25519") return { key, algorithms: edwards };
  const algorithm = curves[namedCurve];
  if (key.asymmetricKeyType === "ec" && algorithm !== undefined) return { key, algorithms: [algorithm] };
  throw new GateError(
    `the key in ${file} is of a kind that no token is signed with here: RSA, EC on P-256, P-384 or P-521, and Ed25519 are`,
  );
}

function parsePublicKey(text: string, file: string): KeyObject {
  try {
    return createPublicKey(text);
  } catch {
    throw new GateError(`the key in ${file} is not readable: it is damaged, or not a key in PEM`);
  }
}

function readKeyFile(file: string, flag: string): Buffer {
  try {
    if (statSync(file).size > keyFileBytes) throw new GateError(`${flag} ${file} is too large to be one key`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof GateError) throw error;
    const { code = "" } = error as NodeJS.ErrnoException;
    const why = { ENOENT: "there is no such file", EACCES: "it may not be read", EISDIR: "it is a folder" };
    throw new GateError(`${flag} ${file}: ${why[code as keyof typeof why] ?? (error as Error).message}`);
  }
}
