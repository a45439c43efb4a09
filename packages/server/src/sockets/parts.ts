// What one connection gets of a turn, where it is not simply all of its topics: frames of its own and
// stretches of topics, in order. Short ones are put together to one write, long ones are written as they are.

import { standAlone, takeRoom } from "./room.js";
import { Spool } from "./spool.js";

export const nothing = Buffer.alloc(0);

/** Where a connection's bytes go. */
export interface Sink {
  /** Whole frames. So many have the same Buffer written to them, or a part of it. */
  write(bytes: Buffer, sharedBy: number): void;
}

/** One connection, as the fan-out sees it. */
export interface Outlet {
  readonly sink: Sink;
  /** Its parts of this turn, if it does not simply get all of its topics. */
  parts: Parts | undefined;
}

export interface Parts {
  /** In order: frames of its own, or a stretch of a topic's. */
  list: Part[];
  /** Bytes of its own, and its part of what it shares, that were not written yet. */
  own: number;
  /** Up to where it has been given each topic; most have only frames of their own. */
  taken: Map<Gathering, number> | undefined;
}

type Part = Spool | Stretch;
interface Stretch {
  readonly of: Gathering;
  readonly from: number;
  readonly to: number;
}

/** A topic: who listens, and its frames of this turn. */
export class Gathering {
  readonly members = new Set<Outlet>();
  readonly spool = new Spool(standAlone);
  /** All of them, at the end of the turn. */
  bytes: Buffer = nothing;

  stretch(from: number, to: number): Buffer {
    return this.bytes.length > 0 ? this.bytes.subarray(from, to) : this.spool.stretch(from, to);
  }
}

/** What the topic has gathered up to now is done with for whose parts these are. */
export function take(parts: Parts, gathering: Gathering): void {
  parts.taken ??= new Map();
  parts.taken.set(gathering, gathering.spool.length);
}

/** The rest of a topic, once its bytes are there. */
export function finish({ list, taken }: Parts, gathering: Gathering): void {
  const from = taken?.get(gathering) ?? 0;
  if (gathering.bytes.length > from) list.push({ of: gathering, from, to: gathering.bytes.length });
}

/**
 * A stretch this long is not copied to stand beside frames of one's own: where hundreds are acked in one
 * busy turn, each would keep a copy of all that was said in it.
 */
const sharedBytes = 16 * 1024;

/**
 * What lies between long stretches becomes one write; a stretch that stands alone stays a view of the
 * shared Buffer.
 */
export function writeParts(sink: Sink, list: readonly Part[]): void {
  let pieces: Buffer[] = [];
  for (const part of list) {
    if (part instanceof Spool) {
      pieces.push(part.take());
      continue;
    }
    const piece = part.of.stretch(part.from, part.to);
    if (piece.length < sharedBytes && list.length > 1) {
      pieces.push(piece);
      continue;
    }
    writeTogether(sink, pieces);
    pieces = [];
    sink.write(piece, Math.max(1, part.of.members.size));
  }
  writeTogether(sink, pieces);
}

/** One write of all of them, which nobody shares. */
function writeTogether(sink: Sink, pieces: readonly Buffer[]): void {
  const [only, second] = pieces;
  if (only === undefined) return;
  sink.write(second === undefined ? only : together(pieces), 1);
}

function together(pieces: readonly Buffer[]): Buffer {
  const all = takeRoom(pieces.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const piece of pieces) length += piece.copy(all, length);
  return all;
}
