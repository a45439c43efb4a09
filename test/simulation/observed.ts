// What a world shows to the laws, step by step: what the store has committed, what went over the wires,
// and what people were told. The laws know nothing else of it.

import type {
  AuditListed,
  ClientEvent,
  Deed,
  DialectName,
  Effect,
  HouseOrder,
  Keep,
  StoreAnswer,
  StoreCall,
} from "chat-hub";

/** A program of a person: a terminal, a page, a script. Its connections come and go. "alice/1" */
export type DeviceName = string;

/** A connection, by a number that never comes again in this world: the hub's `ConnectionId`. */
export type WireNumber = number;

export type WritingCall = Extract<
  StoreCall,
  { readonly type: "identify" | "release" | "append" | "advance" | "choose" | "keep" | "recall" }
>;

type Outcome = Extract<Effect, { readonly type: "report" }>["outcome"];

export type Observed = Sight & {
  /** Virtual milliseconds since the world began; never goes back. */
  readonly at: number;
  /** Unix time then, as the machine of the hub believes it to be; may be set. */
  readonly wall: number;
};

export type Sight =
  /**
   * The store has carried out a writing call, in this order; it is on its disk, whether or not the
   * answer ever reaches a hub. Refused calls are not shown.
   */
  | {
      readonly type: "committed";
      readonly call: WritingCall;
      readonly answer: StoreAnswer & { readonly ok: true };
    }
  /** An older backup was put in place: only the first `commits` committed calls have ever happened. */
  | { readonly type: "restored"; readonly commits: number; readonly epoch: string }
  /** A hub begins on what the store has, and the process it ran in dies. */
  | { readonly type: "hubBegan" }
  | { readonly type: "hubDied" }
  /**
   * A program begins, or begins again after its process died: it knows its username, its token, and
   * what it keeps on its disk (`keeps` = it tells again what was not settled).
   * `core`: the client core, events dialect; `events`, `simple`: a raw client of that dialect.
   */
  | {
      readonly type: "began";
      readonly device: DeviceName;
      readonly kind: "core" | DialectName;
      readonly username: string;
      readonly kept: boolean;
    }
  | { readonly type: "ended"; readonly device: DeviceName }
  /** The device opens a wire; `query` is what stands in the URL. */
  | {
      readonly type: "opened";
      readonly device: DeviceName;
      readonly wire: WireNumber;
      readonly dialect: DialectName;
      readonly query: Readonly<Record<string, string>>;
    }
  /** The device puts a frame into the wire. */
  | { readonly type: "sent"; readonly device: DeviceName; readonly wire: WireNumber; readonly frame: string }
  /** The hub puts a frame into the wire (by `send`, or by `publish` to a topic that it is subscribed to). */
  | {
      readonly type: "handed";
      readonly device: DeviceName;
      readonly wire: WireNumber;
      readonly frame: string;
    }
  /** So many bytes are queued at the hub's side of the wire now, and so many of them for it alone. */
  | {
      readonly type: "queued";
      readonly wire: WireNumber;
      readonly bytes: number;
      readonly own: number;
    }
  /** The frame has arrived at the device. */
  | { readonly type: "heard"; readonly device: DeviceName; readonly wire: WireNumber; readonly frame: string }
  /** The device learns that the wire is gone; `code` as WebSocket has it (1006 = no goodbye). */
  | { readonly type: "closed"; readonly device: DeviceName; readonly wire: WireNumber; readonly code: number }
  /** The hub closed the wire. */
  | { readonly type: "hungUp"; readonly wire: WireNumber; readonly code: number }
  /** The hub's side has taken the wire up. */
  | { readonly type: "arrived"; readonly wire: WireNumber }
  /** The hub's side has learned that the wire is gone, or its process is: nothing goes into it any more. */
  | { readonly type: "parted"; readonly wire: WireNumber }
  /** Somebody at the shell of the server has something done in the house, and what came of it. */
  | { readonly type: "ordered"; readonly order: number; readonly what: HouseOrder }
  | { readonly type: "reported"; readonly order: number; readonly outcome: Outcome }
  /** The hub was told that these records are kept, and has carried out what follows. */
  | { readonly type: "kept"; readonly call: Keep }
  /** The hub was told that this login is good no more, and has carried out what follows. */
  | { readonly type: "loginEnded"; readonly login: string }
  /** The audit log, as the store has it, the oldest line first. */
  | { readonly type: "audited"; readonly lines: AuditListed["lines"] }
  /** A person does something at a device of kind `core`. */
  | { readonly type: "did"; readonly device: DeviceName; readonly nonce: string; readonly deed: Deed }
  /** A person has a conversation before their eyes at a device of kind `core`, or not any more. */
  | {
      readonly type: "looked";
      readonly device: DeviceName;
      readonly conversation: string;
      readonly isShown: boolean;
    }
  /** The client core tells a person something. */
  | { readonly type: "told"; readonly device: DeviceName; readonly event: ClientEvent }
  /** A core threw. */
  | { readonly type: "threw"; readonly where: string; readonly error: unknown }
  /** Faults are over; from here on the network and the store do what they should. */
  | { readonly type: "calm" }
  /** Everything has come to rest after that; `online` are the devices that should be up to date. */
  | { readonly type: "settled"; readonly online: readonly DeviceName[] }
  /** Everybody has gone and every deadline has passed: what is still held in the hub is a leak. */
  | {
      readonly type: "empty";
      readonly deadline: number | undefined;
      readonly openAsks: number;
      readonly subscriptions: number;
    };

/** One law: it looks at everything, and throws a `LawBroken` as soon as it does not hold. */
export interface Law {
  readonly name: string;
  see(observed: Observed): void;
}

export class LawBroken extends Error {
  readonly law: string;

  constructor(law: string, why: string) {
    super(`${law}: ${why}`);
    this.name = "LawBroken";
    this.law = law;
  }
}
