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
  prepare(say: (line: string) => void): Promise<Start>;
}

/** How a peer is started on this machine. */
export interface Start {
  /**
   * The command line of a server that ends at SIGTERM. Ours and Node's are told `--port 0` or the like, and print
   * `Server running on port: N`.
   */
  command(place: Place): readonly string[];
  /** How it names its port otherwise: in the first group. */
  readonly portLine?: RegExp;
  /** Of what it is made of, for the report: "Bun 1.4.5". */
  readonly version?: string;
}

export interface Place {
  /** Empty; removed afterwards. */
  readonly folder: string;
  /** Node with the flags that measuring needs. */
  readonly node: readonly string[];
}

/** A peer that is at hand. */
export type ReadyPeer = Peer & Start;

/** Why a peer is not measured, in a line that says what would help. */
export class Absent extends Error {}
