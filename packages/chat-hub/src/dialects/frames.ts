// The frames of the events dialect, server to client, by type. The codec writes them, the client core
// reads them, and nothing else knows them; what stands in them is in frames/.

import type { ErrorPayload } from "../tables/refusals.js";
import type {
  ConversationRow,
  ConversationsPayload,
  HistoryPayload,
  LogPayload,
  ReactionsPayload,
  SearchPayload,
  SkipPayload,
} from "./frames/answers.js";
import type { EntryPayloads } from "./frames/entries.js";
import type {
  AboutYouPayload,
  AuditPayload,
  BansPayload,
  HousePayload,
  StatsPayload,
} from "./frames/house.js";
import type {
  MembersPayload,
  PresencePayload,
  ReceiptRow,
  RoomRow,
  UsersPayload,
  WhoisPayload,
} from "./frames/people.js";
import type {
  AckPayload,
  HelpPayload,
  RefreshPayload,
  ResumedPayload,
  SessionRow,
  SettingsPayload,
  WelcomePayload,
} from "./frames/session.js";

/** Pairs a command with its answer on one connection; echoed as it came. */
export type CommandId = string | number;

/** Every frame that the server sends, by its `type`. */
export interface ServerPayloads extends EntryPayloads {
  readonly welcome: WelcomePayload;
  readonly ack: AckPayload;
  readonly error: ErrorPayload;
  readonly history: HistoryPayload;
  readonly thread: HistoryPayload;
  readonly pins: HistoryPayload;
  readonly log: LogPayload;
  readonly conversations: ConversationsPayload;
  readonly users: UsersPayload;
  readonly rooms: { readonly rooms: readonly RoomRow[]; readonly more: boolean };
  readonly members: MembersPayload;
  readonly reactions: ReactionsPayload;
  readonly receipts: { readonly conversation: string; readonly receipts: readonly ReceiptRow[] };
  readonly search: SearchPayload;
  readonly whois: WhoisPayload;
  readonly blocks: { readonly usernames: readonly string[]; readonly more: boolean };
  readonly presence: PresencePayload;
  readonly typing: { readonly conversation: string; readonly username: string; readonly on: boolean };
  /** Somebody else has got further. */
  readonly receipt: { readonly conversation: string } & ReceiptRow;
  /** You have got further, on whichever device: where you stand now. */
  readonly unread: ConversationRow;
  /** You may join this room. */
  readonly invited: { readonly conversation: string; readonly from: string };
  /** What you have chosen, on whichever device. */
  readonly settings: SettingsPayload;
  readonly blocked: { readonly username: string; readonly on: boolean };
  readonly muted: { readonly conversation: string; readonly on: boolean };
  /** Said by those who look after the house to all who are here. */
  readonly announcement: { readonly message: string; readonly from: string; readonly at: number };
  /** What holds for all who are here. */
  readonly house_updated: HousePayload;
  readonly about_you: AboutYouPayload;
  readonly stats: StatsPayload;
  readonly bans: BansPayload;
  readonly audit: AuditPayload;
  readonly skip: SkipPayload;
  readonly behind: { readonly conversation: string; readonly after: number; readonly head: number };
  readonly resumed: ResumedPayload;
  readonly reconnect: { readonly after_ms: number };
  readonly refresh: RefreshPayload;
  readonly sessions: { readonly sessions: readonly SessionRow[]; readonly more: boolean };
  readonly ping: { readonly at: number };
  readonly help: HelpPayload;
}

export type ServerFrame = {
  [Type in keyof ServerPayloads]: {
    readonly type: Type;
    readonly id?: CommandId;
    readonly payload: ServerPayloads[Type];
  };
}[keyof ServerPayloads];
