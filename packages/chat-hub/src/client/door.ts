// The door of the client core: the facts it is told and the deeds it asks for. What it tells the
// person's side of the program is in told.ts. It is sans-IO on the same terms as the hub: no socket,
// no clock, no chance of its own. The terminal, the page and the simulator are its shells.

import type { Millis } from "../words/ids.js";
import type { Question } from "./asking.js";
import type { Deed } from "./deeds.js";
import type { ClientLimits } from "./limits.js";
import type { Edge } from "./lines.js";
import type { ClientEvent } from "./told.js";

export interface ClientOptions {
  /** Where the events dialect is spoken, such as `ws://localhost:8001/ws`. Never holds the token. */
  readonly url: string;
  /** May be absent where a token says it. */
  readonly username?: string | undefined;
  /**
   * The secret that holds the name; without one the name is only held while connected. Where there are
   * accounts: what a `token` event told, or what an issuer has signed.
   */
  readonly token?: string | undefined;
  /**
   * Where there are accounts: shown if there is no token, or if it is good no more, until a token is given
   * for it. Then it is forgotten.
   */
  readonly password?: string | undefined;
  /** The account of this name and password is to be made first, with this code if one is needed. */
  readonly register?: { readonly invite?: string | undefined } | undefined;
  /**
   * What the first login asks to be replayed, as WIRE §4 writes it: `unread`, `everyone:-20`, … Absent:
   * live only. Every later login asks for what came after what was told here, and `*:unread`.
   */
  readonly since?: string | undefined;
  /** The shell says `read` itself; otherwise what was delivered counts as read. */
  readonly receipts?: boolean | undefined;
  /** Public rooms to join on the way in, at every login: `dev,ops`. */
  readonly rooms?: string | undefined;
  /** Who was blocked when this was last told, so that their lines are hidden before the server says so. */
  readonly blocked?: readonly string[] | undefined;
  readonly limits?: Partial<ClientLimits> | undefined;
}

export interface Client {
  /**
   * Takes one fact and gives back, in order, what the shell must now do. Never throws on peer input.
   * It is not called while its effects are carried out.
   */
  handle(input: ClientInput): readonly ClientEffect[];
  /** When the shell should next send `elapsed`; `undefined` while nothing waits on time. */
  deadline(): Millis | undefined;
}

/** A fact, the time at which it is told, and a number from 0 up to 1 that nobody can foresee. */
export type ClientInput = ClientFact & { readonly at: Millis; readonly chance: number };

/** A deed. They are carried out in the order given. */
export type ClientEffect =
  | { readonly type: "open"; readonly url: string }
  | { readonly type: "send"; readonly frame: string }
  /** Close the socket, and tell nothing more of it. */
  | { readonly type: "disconnect" }
  | { readonly type: "tell"; readonly event: ClientEvent };

/**
 * `opened`, `received` and `closed` are about the socket of the last `open`; after a `disconnect` or a
 * `closed` nothing more is told of it. A failed attempt to connect is a `closed` with code 1006.
 */
export type ClientFact =
  | { readonly type: "started" }
  | { readonly type: "opened" }
  | { readonly type: "received"; readonly frame: string }
  | { readonly type: "closed"; readonly code: number; readonly reason: string }
  | PersonFact
  /** A newer token, asked for by `token_wanted` or not: it is shown from now on, at once if that is needed. */
  | { readonly type: "renewed"; readonly token: string }
  | { readonly type: "elapsed" }
  /** The network is back, or the person asks for it: what waits to connect again does it now. */
  | { readonly type: "woken" }
  /** The person leaves. What was not acked by now is given up. */
  | { readonly type: "stopped" };

/**
 * What a person does. A conversation is named `everyone`, `@bob`, `#dev`, in the spelling in which the
 * server names it (for what a person typed: `conversationName` of what `parseConversation` read).
 */
type PersonFact =
  /** `done` with a `message`, in the shape that it had before there were other deeds. */
  | {
      readonly type: "said";
      readonly nonce: string;
      readonly to: string;
      readonly message: string;
      readonly replyTo?: number | undefined;
    }
  /**
   * Something is to be done. The nonce is its name until it is settled: 16–64 visible ASCII characters,
   * best a UUIDv7, never used for anything else. It is sent, in the order in which it was told among
   * all that is done, and sent again over every reconnect, until it is `acked` or `refused`.
   * Also after a restart of the program: tell it again with its old nonce and nothing is done twice.
   */
  | { readonly type: "done"; readonly nonce: string; readonly deed: Deed }
  /**
   * The person takes back what was not sent yet, or lets go of what has failed. What is under way stays,
   * and so does what waits for an answer of a connection that was lost: it may be in the log already.
   */
  | { readonly type: "retracted"; readonly nonce: string }
  /** A question; `ask` is the shell's own number for it, and comes back in `answered` or `unanswered`. */
  | { readonly type: "asked"; readonly ask: number; readonly question: Question }
  /**
   * The conversation is before the person's eyes, and its `view` is told from now on until `hidden`,
   * beginning with what is known already; its newest page, or the one around `jumpTo`, is fetched
   * if it is not here. Several may be shown at once. Told again with `jumpTo`, it goes there.
   */
  | { readonly type: "shown"; readonly conversation: string; readonly jumpTo?: number | undefined }
  | { readonly type: "hidden"; readonly conversation: string }
  /**
   * The person came to an edge of what is here of a shown conversation, so more is fetched there: before
   * its first line, or into its hole, from above or from below. Says nothing new while that is `loading`.
   */
  | { readonly type: "reached"; readonly conversation: string; readonly edge: Edge }
  /** Everything up to `seq` was before the person's eyes. What goes out of it are joined `read`s. */
  | { readonly type: "read"; readonly conversation: string; readonly seq: number }
  /**
   * `on`: a key was pressed and there is a draft; tell it at every key, the core keeps the server's
   * cadence. Off: the draft was emptied or put away (not needed when it was said, nor after a pause).
   */
  | { readonly type: "typed"; readonly conversation: string; readonly on: boolean };
