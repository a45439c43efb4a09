// The issuer's keys, fetched from where it publishes them (a JWK set, RFC 7517), and fetched again: when they
// are old, and when a token names one that is not among them, since issuers change their keys. While the issuer
// can't be asked and what is known is too old, nobody comes in.

import type { Result } from "chat-hub";
import { fault, ok } from "chat-hub";
import type { CryptoKey, JSONWebKeySet } from "jose";
import { createLocalJWKSet, errors } from "jose";
import type { Keys } from "./keys.js";
import {
  keySetBytes,
  keySetCoolDownMs,
  keySetFreshMs,
  keySetKeys,
  keySetRetryMs,
  keySetTimeoutMs,
} from "./limits.js";
import type { TokenHeader } from "./token.js";

export interface KeySetOptions {
  warn(line: string): void;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
  readonly timeoutMs?: number;
}

/** Never HS256 and its like: whoever fetches the set has its keys, so none of them is a secret. */
const algorithms = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];

export class KeySet implements Keys {
  readonly algorithms: readonly string[] = algorithms;
  readonly #url: string;
  readonly #warn: (line: string) => void;
  readonly #now: () => number;
  readonly #timeoutMs: number;
  readonly #closing = new AbortController();
  #find: ReturnType<typeof createLocalJWKSet> | undefined;
  /** When the set was had, and when it was last asked for and not had. */
  #hadAt = Number.NEGATIVE_INFINITY;
  #failedAt = Number.NEGATIVE_INFINITY;
  /** One fetch at a time, whoever waits for it. */
  #fetching: Promise<boolean> | undefined;

  constructor(url: string, { warn, now = () => performance.now(), timeoutMs }: KeySetOptions) {
    this.#url = url;
    this.#warn = warn;
    this.#now = now;
    this.#timeoutMs = timeoutMs ?? keySetTimeoutMs;
    // Whoever starts the server is to hear now that the issuer is not there, not when the first person comes.
    void this.#fetch();
  }

  async keyFor(header: TokenHeader): Promise<Result<CryptoKey, "unknown" | "unavailable">> {
    if (!this.algorithms.includes(header.alg)) return fault("unknown");
    if (this.#age() >= keySetFreshMs && !(await this.#fetch())) return fault("unavailable");
    const key = await this.#among(header);
    if (key !== undefined) return ok(key);
    if (this.#age() >= keySetCoolDownMs && !(await this.#fetch())) return fault("unavailable");
    const newer = await this.#among(header);
    return newer === undefined ? fault("unknown") : ok(newer);
  }

  close(): void {
    this.#closing.abort();
  }

  #age(): number {
    return this.#now() - this.#hadAt;
  }

  /** The one key that this header can mean. A key that can't be read is none; so are two without a `kid` between them. */
  async #among(header: TokenHeader): Promise<CryptoKey | undefined> {
    const { alg, kid } = header;
    try {
      return await this.#find?.({ alg, ...(kid === undefined ? {} : { kid }) });
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException)
        return undefined;
      throw error;
    }
  }

  #fetch(): Promise<boolean> {
    if (this.#fetching !== undefined) return this.#fetching;
    if (this.#now() - this.#failedAt < keySetRetryMs) return Promise.resolve(false);
    this.#fetching = this.#fetchNow().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetchNow(): Promise<boolean> {
    try {
      this.#find = createLocalJWKSet(await this.#download());
      this.#hadAt = this.#now();
      this.#failedAt = Number.NEGATIVE_INFINITY;
      return true;
    } catch (error) {
      this.#failedAt = this.#now();
      if (!this.#closing.signal.aborted)
        this.#warn(`the issuer's keys can't be had from ${this.#url}: ${reason(error, this.#timeoutMs)}`);
      return false;
    }
  }

  async #download(): Promise<JSONWebKeySet> {
    const response = await fetch(this.#url, {
      // Where the issuer sends on to is not where the server was told to ask.
      redirect: "manual",
      headers: { accept: "application/jwk-set+json, application/json" },
      signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(this.#timeoutMs)]),
    });
    try {
      if (response.status !== 200) throw new Unusable(`it answers ${response.status}`);
      return readSet(await readBody(response));
    } finally {
      // What was not read is not waited for.
      await response.body?.cancel().catch(() => {});
    }
  }
}

/** What came is no set of keys. */
class Unusable extends Error {}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > keySetBytes) throw new Unusable(`it answers more than ${keySetBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function readSet(text: string): JSONWebKeySet {
  let set: { readonly keys?: unknown } | null;
  try {
    set = JSON.parse(text) as typeof set;
  } catch {
    throw new Unusable("it answers no JSON");
  }
  if (!Array.isArray(set?.keys)) throw new Unusable('it answers no set of keys: {"keys":[…]}');
  if (set.keys.length > keySetKeys) throw new Unusable(`it answers more than ${keySetKeys} keys`);
  return set as JSONWebKeySet;
}

function reason(error: unknown, timeoutMs: number): string {
  if (error instanceof Unusable) return error.message;
  if (error instanceof errors.JOSEError) return "it answers no set of keys";
  if (error instanceof DOMException) return `no answer within ${timeoutMs} ms`;
  const { cause, message } = error as Error;
  const { code } = (cause ?? {}) as { readonly code?: string };
  return code ?? message;
}
