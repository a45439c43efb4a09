// What can be measured: a program that serves the same chat. One that does more, or sends less, says so in its note.

import type { DialectName } from "../load/dialects.js";

export interface Peer {
  /** How `--peers` and `--json` name it. */
  readonly name: string;
  /** How the tables name it. */
  readonly title: string;
  /** One of this project's servers. */
  readonly ours: boolean;
  readonly dialect: DialectName;
  /** What a reader of its figures must know. */
  readonly note: string;
  /**
   * Finds what it needs on this machine, or fetches it.
   * @throws {Absent} if it is not to be had: the peer is then left out, and the report says why
   */
  prepare(say: (line: string) => void): Promise<Command>;
}

/** The command line, with a fresh folder to store in. It prints `Server running on port: N`, and ends at SIGTERM. */
export type Command = (place: Place) => readonly string[];

export interface Place {
  /** Empty; removed afterwards. */
  readonly folder: string;
  /** Node with the flags that measuring needs. */
  readonly node: readonly string[];
}

/** A peer that is at hand. */
export interface ReadyPeer extends Peer {
  readonly command: Command;
}

/** Why a peer is not measured, in a line that says what would help. */
export class Absent extends Error {}
