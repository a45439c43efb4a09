// The secret that holds a name on a server. It is made at the first login, kept in a file that only
// its owner reads, and never stands in argv or in the log of a server.

import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { nameKey } from "chat-hub";
import { serverOf } from "./address.js";

export interface Token {
  readonly secret: string;
  /** Why it could not be kept, if it could not: the name is then free when the program ends. */
  readonly problem?: string;
  /** The login was refused: a token that was made for it is of no use. */
  discard(): void;
}

/** Where state lives on this system, by the XDG convention. */
export function stateFolder(environment: NodeJS.ProcessEnv): string {
  const named = environment["XDG_STATE_HOME"];
  return join(named?.startsWith("/") ? named : join(homedir(), ".local", "state"), "chat-cli");
}

/** The kept token of this name on this server; a new one, kept from now on, if there is none. */
export function keepToken(folder: string, url: string, username: string): Token {
  const server = serverOf(url);
  const name = createHash("sha256")
    .update(`${server}\n${nameKey(username)}`)
    .digest("hex")
    .slice(0, 32);
  const file = join(folder, "tokens", `${name}.json`);
  const made = randomBytes(24).toString("base64url");
  try {
    const kept = readToken(file);
    if (kept !== undefined) return { secret: kept, discard() {} };
    mkdirSync(join(folder, "tokens"), { recursive: true, mode: 0o700 });
    const text = `${JSON.stringify({ server, username, token: made }, null, 2)}\n`;
    // Only if it is not there yet: of two that start at once, the second takes the first one's.
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
    return { secret: made, discard: () => rmSync(file, { force: true }) };
  } catch (error) {
    const raced = isCode(error, "EEXIST") ? readToken(file) : undefined;
    if (raced !== undefined) return { secret: raced, discard() {} };
    const problem = `your name can't be kept for you: ${error instanceof Error ? error.message : String(error)}`;
    return { secret: made, problem, discard() {} };
  }
}

/** The token in a file of the person's own. */
export function readTokenFile(file: string): string {
  return readFileSync(file, "utf8").trim();
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
