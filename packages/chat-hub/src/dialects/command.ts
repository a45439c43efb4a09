// What a client may ask for, whichever dialect it speaks; past the decoders nothing is unknown.

import type { Browse, Window } from "../ports/pages.js";
import type { Query } from "../search/query.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";
import type { Act } from "../words/acts.js";
import type { NameKey, Seq } from "../words/ids.js";
import type { Address } from "../words/log.js";
import type { HouseOrder } from "../words/orders.js";
import type { Result } from "../words/result.js";
import type { Reading, Status } from "../words/rooms.js";
import type { CommandId } from "./frames.js";

export type Command =
  | ({ readonly type: "login" } & LoginWish)
  | ({ readonly type: "register" } & RegisterWish)
  | { readonly type: "refresh"; readonly token: string | undefined }
  | { readonly type: "setPassword"; readonly old: string; readonly password: string }
  /** `who`: somebody else's, for admins. */
  | { readonly type: "sessions"; readonly who: NameKey | undefined }
  | { readonly type: "endSession"; readonly session: string; readonly who: NameKey | undefined }
  | ActCommand
  | {
      readonly type: "history" | "thread" | "pins";
      readonly of: Address;
      readonly select: Browse["select"];
      readonly limit: number;
    }
  | { readonly type: "log"; readonly of: Address; readonly window: Window; readonly limit: number }
  | {
      readonly type: "conversations";
      readonly select: ConversationsWish;
      readonly limit: number;
    }
  | ({ readonly type: "users" } & ListWish)
  | ({ readonly type: "rooms" } & ListWish)
  | ({ readonly type: "blocks" } & ListWish)
  | {
      readonly type: "members";
      readonly of: Address;
      readonly which: "members" | "invited" | "banned";
      readonly after: NameKey | undefined;
      readonly limit: number;
    }
  | {
      readonly type: "reactions";
      readonly of: Address;
      readonly target: Seq;
      readonly skip: number;
      readonly limit: number;
    }
  | {
      readonly type: "search";
      readonly query: Query;
      readonly before: number | undefined;
      readonly limit: number;
    }
  | { readonly type: "whois"; readonly who: NameKey }
  | { readonly type: "receipts"; readonly of: Address }
  | { readonly type: "delivered" | "read"; readonly of: Address; readonly seq: Seq }
  | { readonly type: "typing"; readonly of: Address; readonly on: boolean }
  | { readonly type: "status"; readonly status: Status | undefined; readonly text: string | undefined }
  | { readonly type: "reading"; readonly reading: Reading }
  | { readonly type: "block"; readonly who: NameKey; readonly on: boolean }
  | { readonly type: "mute"; readonly of: Address; readonly on: boolean }
  /** To be done in the house. It may be done twice: nothing comes of that. */
  | { readonly type: "order"; readonly order: HouseOrder; readonly nonce: string | undefined }
  | { readonly type: "stats" }
  | {
      readonly type: "bans";
      readonly which: "banned" | "silenced";
      readonly skip: number;
      readonly limit: number;
    }
  | { readonly type: "audit"; readonly before: number | undefined; readonly limit: number }
  | { readonly type: "ping" }
  | { readonly type: "help" };

/** Something to be done in a conversation: one entry of its log, if all is well. */
export interface ActCommand {
  readonly type: "act";
  readonly to: Address;
  readonly act: Act;
  readonly nonce: string | undefined;
}

/** A page of a list in order of its keys; `after` is the last one of the page before. */
export interface ListWish {
  readonly after: NameKey | undefined;
  readonly limit: number;
}

/** All, or those changed since a mark; `after` is the last one of the page before. */
export interface ConversationsWish {
  readonly after: Address | undefined;
  readonly since: number | undefined;
}

/** Who somebody wants to be, as a URL or a `login` frame says it; not judged yet. */
export interface LoginWish {
  /** Absent where what is shown says it. */
  readonly username: string | undefined;
  readonly token: string | undefined;
  readonly password: string | undefined;
  readonly since: string | undefined;
  /** The numbering that `since` is of. */
  readonly epoch: string | undefined;
  /** I send `read` myself; without it, delivered counts as read. */
  readonly receipts: boolean;
  /** Public rooms to join on the way in, `dev,ops`. */
  readonly rooms: string | undefined;
}

/** The account that somebody wants; it is logged in at once. */
export interface RegisterWish extends Pick<LoginWish, "since" | "receipts" | "rooms"> {
  readonly username: string;
  readonly password: string;
  readonly invite: string | undefined;
}

/** A command, with the id that pairs it with its answer, and what it costs of its connection's rate. */
export interface Request {
  readonly id: CommandId | undefined;
  readonly command: Command;
  readonly cost: number;
}

/** Why a frame is no command. `id` when that much could be read. */
export interface BadFrame {
  readonly id: CommandId | undefined;
  readonly code: RefusalCode;
  readonly detail: RefusalDetail;
}

export type Decoded = Result<Request, BadFrame>;
