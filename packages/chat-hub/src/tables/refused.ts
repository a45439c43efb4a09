// What each command can be refused with, beside what any frame can. PROTOCOL.md's `Refusals:` lines are
// held to it, and each pair is shown by a test vector or named with the test that shows it.

import type { CommandRow, CommandType } from "./commands.js";
import { commands } from "./commands.js";
import type { RefusalCode } from "./refusals.js";

/** Any command: it can't be read, comes too fast, or comes while the server restarts or can't reach its store. */
export const anyCommand = [
  "malformed",
  "rate_limited",
  "unavailable",
] as const satisfies readonly RefusalCode[];

/** What no command is refused with: frames that are none, and connections that are too many. */
export const noCommand = ["text_only", "unknown_type"] as const satisfies readonly RefusalCode[];

const unreadable = ["unknown_conversation", "not_member", "banned"] as const;
/** What is said needs somebody who holds the name; what is done to what was said does not. */
const unreachable = ["unknown_user", "away"] as const;
const text = ["empty_message", "too_long"] as const;
const kept = ["nonce_reused", "storage_full", "read_only"] as const;
const house = ["away", "limit_reached"] as const;
/** What was shown is not what it should be; or so much is being looked at that this must wait. */
const gate = ["not_let_in", "too_many"] as const;
const toSomebody = ["bad_name", "unknown_user"] as const;

/** By command, what is refused besides `anyCommand`, and `login_first` where a login is needed. */
export const refused = {
  login: [
    "already_logged_in",
    "bad_name",
    ...gate,
    "login_expired",
    "name_taken",
    "looks_alike",
    "bad_since",
    "banned",
    "limit_reached",
    "storage_full",
  ],
  register: [
    "already_logged_in",
    "bad_name",
    "registration_closed",
    "invite_needed",
    "weak_password",
    "too_many",
    "name_taken",
    "looks_alike",
    "bad_since",
    "banned",
    "limit_reached",
    "storage_full",
  ],
  refresh: ["forbidden", ...gate, "login_expired", "storage_full"],
  set_password: ["forbidden", ...gate, "weak_password", "storage_full"],
  sessions: ["bad_name", "forbidden", "unknown_user", "away"],
  end_session: [
    "too_long",
    "bad_name",
    "forbidden",
    "unknown_user",
    "away",
    "unknown_session",
    "storage_full",
  ],

  send_message: [
    ...text,
    ...unreadable,
    ...unreachable,
    "archived",
    "silenced",
    "slow_mode",
    "blocked",
    "unknown_message",
    "deleted",
    ...kept,
  ],
  private_message: [...text, "bad_name", ...unreachable, "blocked", "unknown_message", "deleted", ...kept],
  edit_message: [
    ...text,
    ...unreadable,
    "unknown_user",
    "forbidden",
    "archived",
    "silenced",
    "blocked",
    "unknown_message",
    "deleted",
    ...kept,
  ],
  delete_message: [...unreadable, "unknown_user", "forbidden", "archived", "unknown_message", ...kept],
  react: [
    ...unreadable,
    "unknown_user",
    "archived",
    "silenced",
    "blocked",
    "limit_reached",
    "unknown_message",
    "deleted",
    ...kept,
  ],
  pin: [
    ...unreadable,
    "unknown_user",
    "forbidden",
    "archived",
    "blocked",
    "limit_reached",
    "unknown_message",
    "deleted",
    ...kept,
  ],

  create_room: ["too_long", "token_needed", "banned", "silenced", "room_taken", "limit_reached", ...kept],
  join_room: [...unreadable, "archived", "limit_reached", ...kept],
  leave_room: [...unreadable, ...kept],
  invite: [
    ...toSomebody,
    ...unreadable,
    "forbidden",
    "archived",
    "silenced",
    "token_needed",
    "limit_reached",
    ...kept,
  ],
  kick: [...toSomebody, ...unreadable, "forbidden", "too_long", "away", ...kept],
  ban: [...toSomebody, ...unreadable, "forbidden", "token_needed", "too_long", ...house, ...kept],
  unban: [...toSomebody, ...unreadable, "forbidden", "token_needed", ...kept],
  silence: [
    ...toSomebody,
    ...unreadable,
    "forbidden",
    "archived",
    "token_needed",
    "too_long",
    "limit_reached",
    ...kept,
  ],
  unsilence: [...toSomebody, ...unreadable, "forbidden", "archived", "token_needed", ...kept],
  slow_mode: [...unreadable, "forbidden", "archived", ...kept],
  set_role: [...toSomebody, ...unreadable, "forbidden", "token_needed", "last_owner", ...kept],
  set_topic: ["too_long", ...unreadable, "forbidden", "archived", "silenced", ...kept],
  set_history: [...unreadable, "forbidden", "archived", ...kept],
  set_retention: [...unreadable, "forbidden", ...kept],
  archive_room: [...unreadable, "forbidden", ...kept],

  history: [...unreadable, "history_gone"],
  thread: [...unreadable, "unknown_message"],
  pins: unreadable,
  log: [...unreadable, "history_gone"],
  search: ["bad_query", ...unreadable],
  reactions: [...unreadable, "unknown_message"],
  conversations: ["unknown_conversation"],
  users: [],
  rooms: [],
  members: [...unreadable, "forbidden"],
  whois: toSomebody,
  receipts: [...unreadable, "forbidden"],
  blocks: [],

  delivered: unreadable,
  read: unreadable,
  typing: [...unreadable, "archived"],
  set_status: ["too_long", "silenced", "read_only", "storage_full"],
  set_privacy: ["storage_full"],
  block: [...toSomebody, "forbidden", "token_needed", "limit_reached", "storage_full"],
  mute: [...unreadable, "storage_full"],
  announce: [...text, "forbidden", "storage_full"],
  read_only: ["too_long", "forbidden", "storage_full"],
  stats: ["forbidden"],
  bans: ["forbidden"],
  audit: ["forbidden"],
  ping: [],
  help: [],
} as const satisfies Record<CommandType, readonly RefusalCode[]>;

/** All that a command can be refused with. */
export function refusalsOf(type: CommandType): readonly RefusalCode[] {
  const { needs }: CommandRow = commands[type];
  const login: readonly RefusalCode[] = needs === "nothing" ? [] : ["login_first"];
  return [...refused[type], ...login, ...anyCommand];
}
