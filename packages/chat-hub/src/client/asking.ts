// What a person's side may ask, in the wire's words: a question's fields are the command's payload, and
// an answer's are those of the frame that answers it.

import type { AckPayload } from "../dialects/frames/session.js";
import type { ServerPayloads } from "../dialects/frames.js";

export type Question =
  | {
      readonly type: "history";
      readonly conversation: string;
      /** None of these = the newest; `before` and `after` together = between them. All exclusive. */
      readonly before?: number;
      readonly after?: number;
      readonly around?: number;
      /** What these are: seqs, or moments as Unix milliseconds. */
      readonly by?: "seq" | "time";
      readonly limit?: number;
    }
  /** The messages of the thread that this one is in, its first included, ascending. */
  | {
      readonly type: "thread";
      readonly conversation: string;
      readonly message_seq: number;
      readonly after?: number;
      readonly limit?: number;
    }
  | { readonly type: "pins"; readonly conversation: string; readonly after?: number }
  /** `before` = `next` of the page before. */
  | { readonly type: "search"; readonly query: string; readonly before?: number; readonly limit?: number }
  /** Who gave which reaction; `skip` those that are known. */
  | {
      readonly type: "reactions";
      readonly conversation: string;
      readonly message_seq: number;
      readonly skip?: number;
      readonly limit?: number;
    }
  | {
      readonly type: "members";
      readonly conversation: string;
      readonly which?: "members" | "invited" | "banned";
      readonly after?: string;
      readonly limit?: number;
    }
  | { readonly type: "receipts"; readonly conversation: string }
  | {
      readonly type: "conversations";
      readonly after?: string;
      readonly changed_since?: number;
      readonly limit?: number;
    }
  /** `after` = the last name of the page before. */
  | { readonly type: "users" | "rooms" | "blocks"; readonly after?: string; readonly limit?: number }
  | { readonly type: "whois"; readonly username: string }
  /** Where we are logged in, or, for an admin, somebody else. */
  | { readonly type: "sessions"; readonly username?: string }
  /** Ends a login of ours, or, for an admin, of somebody else; the one that we are here by ends this connection. */
  | { readonly type: "end_session"; readonly session: string; readonly username?: string }
  /** For admins. */
  | { readonly type: "stats" }
  | {
      readonly type: "bans";
      readonly which?: "banned" | "silenced";
      readonly skip?: number;
      readonly limit?: number;
    }
  | { readonly type: "audit"; readonly before?: number; readonly limit?: number }
  /** Never repeated: if the connection is lost before the answer, nobody knows, and the error says so. */
  | { readonly type: "set_password"; readonly old: string; readonly password: string }
  | { readonly type: "help" };

/** Those that are answered by an `ack`: it is done. */
type DoneAnswer = "end_session" | "set_password";
type Asking = Exclude<Question["type"], DoneAnswer>;

export type Answer =
  | { [Type in Asking]: { readonly type: Type } & ServerPayloads[Type] }[Asking]
  | ({ readonly type: DoneAnswer } & AckPayload);

/** The type of the frame that answers this. */
export function answerTo(type: string): string {
  return type === "end_session" || type === "set_password" ? "ack" : type;
}
