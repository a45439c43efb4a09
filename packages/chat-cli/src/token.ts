// The secret that holds a name on a server. It is made at the first login, kept in a file that only
// its owner reads, and never stands in argv or in the log of a server.

import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { nameKey } from "chat-hub";
import { serverOf } from "./address.js";

export interface Token {
  readonly secret: string;
  /** It was made just now. */
  readonly isNew: boolean;
  /** Why it could not be kept, if it could not: the name is then free when the program ends. */
  readonly problem?: string;
  /** The login was refused: a token that was made for it is of no use. */
  discard(): void;
}

/** What is kept for one name on one server. */
export interface Keepsake {
  /** Nothing if there is none, or none that can be read. */
  token(): string | undefined;
  /** Keeps this one from now on; says why not, if it can't. */
  keep(token: string): string | undefined;
  /** It is good no more. */
  forget(): void;
}

/** Where state lives on this system, by the XDG convention. */
export function stateFolder(environment: NodeJS.ProcessEnv): string {
  const named = environment["XDG_STATE_HOME"];
  return join(named?.startsWith("/") ? named : join(homedir(), ".local", "state"), "chat-cli");
}

/** The kept token of this name on this server; a new one, kept from now on, if there is none. */
export function keepToken(folder: string, url: string, username: string): Token {
  const file = fileOf(folder, url, username);
  const made = randomBytes(24).toString("base64url");
  try {
    const kept = readToken(file);
    if (kept !== undefined) return { secret: kept, isNew: false, discard() {} };
    mkdirSync(join(folder, "tokens"), { recursive: true, mode: 0o700 });
    // Only if it is not there yet: of two that start at once, the second takes the first one's.
    writeFileSync(file, written(url, username, made), { mode: 0o600, flag: "wx" });
    return { secret: made, isNew: true, discard: () => rmSync(file, { force: true }) };
  } catch (error) {
    const raced = isCode(error, "EEXIST") ? readToken(file) : undefined;
    if (raced !== undefined) return { secret: raced, isNew: false, discard() {} };
    return { secret: made, isNew: true, problem: problemOf(error), discard() {} };
  }
}

/** What is kept of what a server gave. */
export function openKeepsake(folder: string, url: string, username: string): Keepsake {
  const file = fileOf(folder, url, username);
  return {
    token() {
      try {
        return readToken(file);
      } catch {
        return undefined;
      }
    },
    keep(token) {
      // Whole or not at all: the old one counts until the new one stands there.
      const next = `${file}.${process.pid}`;
      try {
        mkdirSync(join(folder, "tokens"), { recursive: true, mode: 0o700 });
        writeFileSync(next, written(url, username, token), { mode: 0o600 });
        renameSync(next, file);
        return undefined;
      } catch (error) {
        rmSync(next, { force: true });
        return problemOf(error);
      }
    },
    forget: () => rmSync(file, { force: true }),
  };
}

function fileOf(folder: string, url: string, username: string): string {
  const name = createHash("sha256")
    .update(`${serverOf(url)}\n${nameKey(username)}`)
    .digest("hex")
    .slice(0, 32);
  return join(folder, "tokens", `${name}.json`);
}

function written(url: string, username: string, token: string): string {
  return `${JSON.stringify({ server: serverOf(url), username, token }, null, 2)}\n`;
}

function problemOf(error: unknown): string {
  return `your name can't be kept for you: ${error instanceof Error ? error.message : String(error)}`;
}

/** The token or the password in a file of the person's own; the end of its line is not part of it. */
export function readSecret(file: string): string {
  return readFileSync(file, "utf8").replace(/\r?\n$/, "");
}

function readToken(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
  chmodSync(file, 0o600);
  const { token } = JSON.parse(text) as { token?: unknown };
  if (typeof token !== "string" || token === "") throw new Error(`${file} holds no token`);
  return token;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
