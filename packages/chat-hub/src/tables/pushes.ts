// The pushes of the events dialect: every frame that the server sends, what it says, an example, and
// the shape of its payload. The client reads frames by it, and the schema and PROTOCOL.md come from it.

import type { ServerPayloads } from "../dialects/frames.js";
import type { ReadLog } from "./pushes/answers.js";
import { answers } from "./pushes/answers.js";
import { entries } from "./pushes/entries.js";
import { house } from "./pushes/house.js";
import { people } from "./pushes/people.js";
import type { PushRow } from "./pushes/row.js";
import type { ReadError } from "./pushes/session.js";
import { session } from "./pushes/session.js";

export type PushType = keyof ServerPayloads;

/** Every payload as a client reads it: a newer server may say an error, or an entry, that is not known here. */
export type ReadPayloads = Omit<ServerPayloads, "error" | "log"> & {
  readonly error: ReadError;
  readonly log: ReadLog;
};

type Pushes = { readonly [Type in PushType]: PushRow<ReadPayloads[Type]> };

export const pushes = {
  ...session,
  ...entries,
  ...answers,
  ...people,
  ...house,
} as const satisfies Pushes;

export function isPushType(type: string): type is PushType {
  return Object.hasOwn(pushes, type);
}
