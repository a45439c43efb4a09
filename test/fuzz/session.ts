// A session as it goes over wires, move by move: what a valid one and a mutated one have in common.
// It holds nothing that a server said: the same moves can be made again, against any server.

import { upgradeTo } from "../support/raw-frames.ts";

/** Somebody's connection; opened again under the same name, it takes the place of the one before. */
export type Who = string;

export type Move = Open | Say | Put | Leave;

export interface Open {
  readonly type: "open";
  readonly who: Who;
  /** The whole head of the request, as it stands on the wire. */
  readonly head: string;
  /** It may be no good upgrade. */
  readonly odd: boolean;
}

/** One text frame, whole and well made; what is in it may be anything. */
export interface Say {
  readonly type: "say";
  readonly who: Who;
  readonly text: string;
}

/** Bytes as they stand, in several pieces. */
export interface Put {
  readonly type: "put";
  readonly who: Who;
  readonly pieces: readonly Buffer[];
  /** They may break the WebSocket, or leave it in the middle of a frame. */
  readonly odd: boolean;
}

/** Says goodbye with a code, or breaks off without one. */
export interface Leave {
  readonly type: "leave";
  readonly who: Who;
  readonly code: number | undefined;
}

export function open(who: Who, path: string): Open {
  return { type: "open", who, head: upgradeTo(path), odd: false };
}

export function say(who: Who, frame: unknown): Say {
  return { type: "say", who, text: typeof frame === "string" ? frame : JSON.stringify(frame) };
}

/** The dialect that the server will speak after this head. */
export function dialectOf(head: string): "simple" | "events" {
  return /^\S+ \/v1\/ws/.test(head) ? "simple" : "events";
}

/** One line a move, for people; long ones are cut. */
export function shown(move: Move): string {
  const { type, who } = move;
  switch (type) {
    case "open":
      return `${who} opens ${cut(JSON.stringify(move.head))}`;
    case "say":
      return `${who} says ${cut(move.text)}`;
    case "put":
      return `${who} puts ${cut(move.pieces.map((piece) => piece.toString("hex")).join(" | "))}`;
    case "leave":
      return `${who} ${move.code === undefined ? "breaks off" : `leaves with ${move.code}`}`;
  }
}

function cut(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length})` : text;
}
