// What a server wants of whoever comes in: it says so before the login, to whoever asks for `help`.

import type { AuthMode, Registration } from "../ports/gate.js";
import { readFrame } from "./incoming.js";

export interface Entrance {
  /** What a login must show. */
  readonly auth: AuthMode;
  /** Who may make an account. */
  readonly registration: Registration;
}

/** The frame to ask with, as the first on a connection of its own. */
export const entranceQuestion = '{"type":"help"}';

/** What this frame tells of it; nothing if it is another. */
export function readEntrance(text: string): Entrance | undefined {
  const frame = readFrame(text);
  if (frame?.type !== "help") return undefined;
  const { auth, registration = "closed" } = frame.payload;
  return { auth, registration };
}
