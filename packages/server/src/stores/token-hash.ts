// Tokens are kept only as a keyed hash. They are secrets of high entropy made by programs, so a
// fast hash is enough: there is nothing to guess.

import { createHmac, timingSafeEqual } from "node:crypto";
import type { Identify } from "chat-hub";

/** What somebody shows. An account is what its gate says; no token has a space in it. */
export function shown({ token, account }: Pick<Identify, "token" | "account">): string | undefined {
  return account === undefined ? token : `account ${account}`;
}

/** What is kept of a token. `secret` is random and belongs to one store. */
export function tokenHash(secret: Uint8Array, token: string): Buffer {
  return createHmac("sha256", secret).update(token).digest();
}

/** Compares in constant time. */
export function isToken(secret: Uint8Array, token: string, kept: Uint8Array): boolean {
  return timingSafeEqual(tokenHash(secret, token), kept);
}
