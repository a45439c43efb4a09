// Which key judges a token, and by which algorithms. Every key has its own few, so a token can't choose:
// what is signed with a public key as if it were a secret finds no key that knows HS256.

import type { KeyObject } from "node:crypto";
import type { Result } from "chat-hub";
import type { CryptoKey } from "jose";
import type { KeyChoice } from "./choice.js";
import { FixedKey, readPublicKey, readSecret } from "./key-files.js";
import { KeySet } from "./key-set.js";
import type { TokenHeader } from "./token.js";

export type Key = KeyObject | CryptoKey;

export interface Keys {
  /** All that any of the keys may be used with. */
  readonly algorithms: readonly string[];
  /** `unknown`: no key is for such a token. `unavailable`: the issuer could not be asked. Never throws. */
  keyFor(header: TokenHeader): Promise<Result<Key, "unknown" | "unavailable">>;
  close(): void;
}

export interface KeyOptions {
  warn?(line: string): void;
  readonly now?: () => number;
}

/** @throws GateError, with one line for people, if a file is not readable or no good key */
export function openKeys(choice: KeyChoice, { warn = () => {}, now }: KeyOptions): Keys {
  switch (choice.kind) {
    case "secret":
      return new FixedKey(readSecret(choice.file, warn));
    case "publicKey":
      return new FixedKey(readPublicKey(choice.file));
    case "issuer":
      return new KeySet(choice.url, { warn, ...(now === undefined ? {} : { now }) });
  }
}
