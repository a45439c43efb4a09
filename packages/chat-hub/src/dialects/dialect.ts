// A dialect is a codec: frames of one endpoint to the hub's commands, the hub's pushes to frames.
// Pure; a new dialect is one more value of this type.

import type { Limits } from "../tables/limits.js";
import type { ErrorPayload } from "../tables/refusals.js";
import type { ConnectionId, UserId, WallMillis } from "../words/ids.js";
import type { Entry } from "../words/log.js";
import type { Decoded } from "./command.js";
import type {
  AckPayload,
  CommandId,
  HelpPayload,
  LimitsPayload,
  PresencePayload,
  ResumedPayload,
  ServerPayloads,
  WelcomePayload,
} from "./frames.js";

export type DialectName = "simple" | "events";

/** An entry as one side of a conversation sees it. */
export interface Line {
  /** The conversation's name for this side. */
  readonly conversation: string;
  /** Whom it is for, if it is private. */
  readonly to: string | undefined;
  readonly entry: Entry;
}

/** What the hub has to say to a connection. `id` pairs it with the command that it answers. */
export type Push =
  | { readonly type: "line"; readonly line: Line; readonly nonce?: string | undefined }
  | { readonly type: "ack"; readonly id: CommandId | undefined; readonly payload: AckPayload }
  | { readonly type: "error"; readonly id: CommandId | undefined; readonly payload: ErrorPayload }
  | {
      readonly type: "welcome";
      readonly id: CommandId | undefined;
      readonly payload: WelcomePayload;
      readonly unreadPrivate: number;
    }
  | { readonly type: "resumed"; readonly payload: ResumedPayload }
  | { readonly type: "presence"; readonly payload: PresencePayload }
  | {
      readonly type: "help";
      readonly id: CommandId | undefined;
      readonly payload: HelpPayload;
      readonly at: WallMillis;
    }
  | Told<"history">
  | Told<"log">
  | Told<"conversations">
  | Told<"users">
  | Told<"ping">
  | Told<"skip">
  | Told<"behind">
  | Told<"reconnect">;

/** A push whose payload is its frame's. */
export type Told<Type extends keyof ServerPayloads> = {
  readonly type: Type;
  readonly id?: CommandId | undefined;
  readonly payload: ServerPayloads[Type];
};

export interface Dialect {
  readonly name: DialectName;
  /** Never throws; what can't be read says why, with an example. */
  decode(frame: string, limits: Limits): Decoded;
  /** The frame for a push; `undefined` where this dialect has no word for it. */
  encode(push: Push): string | undefined;
  /**
   * Whether an entry is for this connection at all, live as well as replayed: both ways must leave
   * out the same, or one who resumes would see what one who stayed never saw. `peer` is the other
   * side of a private conversation.
   */
  shows(entry: Entry, viewer: Viewer, peer: UserId | undefined): boolean;
}

export interface Viewer {
  readonly connection: ConnectionId;
  readonly user: UserId;
}

export function toldLimits(limits: Limits): LimitsPayload {
  const { rates } = limits;
  return {
    frame_bytes: limits.frameBytes,
    message_chars: limits.messageChars,
    name_chars: limits.nameChars,
    page_rows: limits.pageRows,
    since_url_bytes: limits.sinceUrlBytes,
    since_frame_bytes: limits.sinceFrameBytes,
    login_ms: limits.loginMs,
    ping_ms: limits.pingMs,
    ...(rates === undefined
      ? {}
      : {
          messages_per_second: rates.messagesPerSecond,
          messages_burst: rates.messagesBurst,
          commands_per_second: rates.commandsPerSecond,
          commands_burst: rates.commandsBurst,
        }),
  };
}
