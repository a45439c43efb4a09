// What can be measured: a program that serves the same chat. One that does more, or sends less, says so in its note.

import type { DialectName } from "../load/dialects.js";

export interface Peer {
  /** How `--peers` and `--json` name it. */
  readonly name: string;
  /** How the table names it. */
  readonly title: string;
  readonly dialect: DialectName;
  /** What a reader of its figures must know. */
  readonly note: string;
  /** The command line, with a fresh folder to store in. It prints `Server running on port: N`. */
  command(place: Place): readonly string[];
}

export interface Place {
  /** Empty; removed afterwards. */
  readonly folder: string;
  /** Node with the flags that measuring needs. */
  readonly node: readonly string[];
}
