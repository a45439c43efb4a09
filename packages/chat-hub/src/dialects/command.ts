// What a client may ask for, whichever dialect it speaks; past the decoders nothing is unknown.

import type { Window } from "../ports/store.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";
import type { Seq } from "../words/ids.js";
import type { Address } from "../words/log.js";
import type { Result } from "../words/result.js";
import type { CommandId } from "./frames.js";

export type Command =
  | ({ readonly type: "login" } & LoginWish)
  | SendCommand
  | { readonly type: "history"; readonly of: Address; readonly window: Window; readonly limit: number }
  | { readonly type: "log"; readonly of: Address; readonly after: Seq; readonly limit: number }
  | { readonly type: "conversations"; readonly after: Address | undefined; readonly limit: number }
  | { readonly type: "users"; readonly after: string | undefined; readonly limit: number }
  | { readonly type: "delivered" | "read"; readonly of: Address; readonly seq: Seq }
  | { readonly type: "ping" }
  | { readonly type: "help" };

export interface SendCommand {
  readonly type: "send";
  readonly to: Address;
  readonly message: string;
  readonly replyTo: Seq | undefined;
  readonly nonce: string | undefined;
}

/** Who somebody wants to be, as a URL or a `login` frame says it; not judged yet. */
export interface LoginWish {
  readonly username: string;
  readonly token: string | undefined;
  readonly since: string | undefined;
  /** The numbering that `since` is of. */
  readonly epoch: string | undefined;
  /** I send `read` myself; without it, delivered counts as read. */
  readonly receipts: boolean;
}

/** A command, with the id that pairs it with its answer. */
export interface Request {
  readonly id: CommandId | undefined;
  readonly command: Command;
}

/** Why a frame is no command. `id` when that much could be read. */
export interface BadFrame {
  readonly id: CommandId | undefined;
  readonly code: RefusalCode;
  readonly detail: RefusalDetail;
}

export type Decoded = Result<Request, BadFrame>;
