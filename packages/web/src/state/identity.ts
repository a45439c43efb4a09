// Who I am in this browser: the name I used last, and for each name the secret that makes it mine (WIRE §3). Where no
// accounts are the secret is made here, once; else it is what the server gave for a password, or what somebody else has
// signed. It leaves only to log in.

import { nameKey } from "chat-hub";
import type { Drawer } from "./storage.js";

const lastName = "chat.name";
const signedIn = "chat.in";
const tokenOf = (name: string): string => `chat.token.${nameKey(name)}`;

/** Signed ones are longer than those that are made. */
const isToken = /^[\x21-\x7e]{16,8192}$/;

export interface Identity {
  /** The name to offer at the door. */
  rememberedName(): string;
  /** Whether the page was left without leaving the chat: then there is no need to ask again. */
  stays(): boolean;
  /** The same for two spellings of a name; made if there is none yet. */
  token(name: string): string;
  /** Whether there is one. */
  knows(name: string): boolean;
  keep(name: string, token: string): void;
  /** Whether this is where the name's token is kept. */
  keeps(name: string, key: string): boolean;
  /** It is good no more. */
  forget(name: string): void;
  remember(name: string): void;
  leave(): void;
}

export function openIdentity(drawer: Drawer): Identity {
  const known = (name: string): string | undefined => {
    const token = drawer.read(tokenOf(name));
    return token !== undefined && isToken.test(token) ? token : undefined;
  };
  return {
    rememberedName: () => drawer.read(lastName) ?? "",
    stays: () => drawer.read(signedIn) === "yes",
    token(name) {
      const kept = known(name);
      if (kept !== undefined) return kept;
      const made = hex(crypto.getRandomValues(new Uint8Array(24)));
      drawer.write(tokenOf(name), made);
      return made;
    },
    knows: (name) => known(name) !== undefined,
    keep: (name, token) => drawer.write(tokenOf(name), token),
    keeps: (name, key) => key === tokenOf(name),
    forget: (name) => drawer.remove(tokenOf(name)),
    remember(name) {
      drawer.write(lastName, name);
      drawer.write(signedIn, "yes");
    },
    leave: () => drawer.remove(signedIn),
  };
}

/**
 * A name for a line that no other line ever has: a UUIDv7, which is quick to index since it begins with the time.
 * `crypto.randomUUID` would be no v7, and does not exist on plain http.
 */
export function makeNonce(at: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint32(0, Math.floor(at / 0x10000));
  new DataView(bytes.buffer).setUint16(4, at % 0x10000);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
