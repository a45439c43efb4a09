// Who may do what in a room, cell by cell, made from the rules that the stores decide by. PROTOCOL.md's
// tables of rights are drawn from it, and test/wire/rights.test.ts tries every cell on a real server.

import type {
  ActType,
  CommandType,
  Facts,
  Look,
  RefusalCode,
  RoomStanding,
  UserId,
  Visibility,
} from "chat-hub";
import { refusalOf, rights } from "chat-hub";

/** How whoever tries it stands; `nobody` has not logged in. */
export const columns = [
  "nobody",
  "stranger",
  "invited",
  "former",
  "banned",
  "member",
  "moderator",
  "owner",
] as const satisfies readonly (RoomStanding | "nobody")[];
export type Column = (typeof columns)[number];

/** A command in a room, as far as it matters to whom or to what it is done. */
export interface RightsRow {
  readonly command: CommandType;
  /** The rest of the sentence: `… of one's own message`. */
  readonly of?: string;
  readonly judged: Judged;
}

type Judged =
  /** By the rules. `about`: the message is another's; `whom`: how whoever it is done to stands. */
  | {
      readonly by: "rules";
      readonly what: ActType | Look;
      readonly about?: "own" | "others";
      readonly whom?: RoomStanding;
    }
  /** As reading; nobody writes in an archived room. */
  | { readonly by: "typing" };

const rules = (
  what: ActType | Look,
  more: { readonly about?: "own" | "others"; readonly whom?: RoomStanding } = {},
): Judged => ({ by: "rules", what, ...more });

export const rightsRows: readonly RightsRow[] = [
  { command: "send_message", judged: rules("message") },
  { command: "edit_message", of: "one's own", judged: rules("edit", { about: "own" }) },
  { command: "edit_message", of: "another's", judged: rules("edit", { about: "others" }) },
  { command: "delete_message", of: "one's own", judged: rules("deletion", { about: "own" }) },
  { command: "delete_message", of: "another's", judged: rules("deletion", { about: "others" }) },
  { command: "react", judged: rules("reaction") },
  { command: "pin", judged: rules("pin") },
  { command: "join_room", judged: rules("join") },
  { command: "leave_room", judged: rules("leave") },
  { command: "invite", judged: rules("invite", { whom: "stranger" }) },
  { command: "invite", of: "somebody banned", judged: rules("invite", { whom: "banned" }) },
  { command: "kick", of: "a member", judged: rules("kick", { whom: "member" }) },
  { command: "kick", of: "a moderator", judged: rules("kick", { whom: "moderator" }) },
  { command: "kick", of: "an owner", judged: rules("kick", { whom: "owner" }) },
  { command: "ban", of: "a member", judged: rules("ban", { whom: "member" }) },
  { command: "ban", of: "a moderator", judged: rules("ban", { whom: "moderator" }) },
  { command: "unban", judged: rules("ban", { whom: "banned" }) },
  { command: "set_role", of: "a member", judged: rules("role", { whom: "member" }) },
  { command: "silence", of: "a member", judged: rules("silence", { whom: "member" }) },
  { command: "silence", of: "a moderator", judged: rules("silence", { whom: "moderator" }) },
  { command: "unsilence", judged: rules("silence", { whom: "member" }) },
  { command: "slow_mode", judged: rules("slow") },
  { command: "set_topic", judged: rules("topic") },
  { command: "set_history", judged: rules("history") },
  { command: "set_retention", judged: rules("retention") },
  { command: "archive_room", judged: rules("archive") },
  { command: "create_room", of: "of the same name", judged: rules("create") },
  { command: "history", judged: rules("read") },
  { command: "thread", judged: rules("read") },
  { command: "pins", judged: rules("read") },
  { command: "log", judged: rules("read") },
  { command: "search", of: "`in:` it", judged: rules("read") },
  { command: "reactions", judged: rules("read") },
  { command: "members", judged: rules("members") },
  { command: "members", of: "invited or banned", judged: rules("outsiders") },
  { command: "receipts", judged: rules("members") },
  { command: "delivered", judged: rules("read") },
  { command: "read", judged: rules("read") },
  { command: "typing", judged: { by: "typing" } },
  { command: "mute", judged: rules("read") },
];

export interface Room {
  readonly visibility: Visibility;
  readonly archived: boolean;
}

const [me, another] = [1 as UserId, 2 as UserId];

/** Why whoever stands so may not do this; nothing if they may. All of them have names that are kept. */
export function verdict({ judged }: RightsRow, column: Column, room: Room): RefusalCode | undefined {
  if (column === "nobody") return "login_first";
  switch (judged.by) {
    case "rules": {
      const { what, about, whom } = judged;
      const facts: Facts = {
        place: { kind: "room", ...room, standing: column },
        kept: true,
        ...(about === undefined ? {} : { targetAuthor: about === "own" ? me : another }),
        ...(whom === undefined ? {} : { who: { user: another, standing: whom, kept: true } }),
      };
      const refused = refusalOf(what, me, facts);
      // There is a room of this name already, whoever asks.
      return what === "create" ? (refused ?? "room_taken") : refused;
    }
    case "typing": {
      const place = { kind: "room", ...room, standing: column } as const;
      return refusalOf("read", me, { place, kept: true }) ?? (room.archived ? "archived" : undefined);
    }
  }
}

/** Where there are no roles: everyone, and private conversations. */
export interface PlainCell {
  readonly command: CommandType;
  readonly of: string | undefined;
  readonly everyone: RefusalCode | undefined;
  readonly private: RefusalCode | undefined;
}

/** What can be done in everyone and in a private conversation by whoever is logged in. */
export function plainCells(): readonly PlainCell[] {
  return rightsRows.flatMap(({ command, of, judged }) => {
    if (judged.by !== "rules" || !isPlain(judged.what)) return [];
    const targetAuthor = judged.about === "others" ? another : me;
    const code = (kind: "everyone" | "private") =>
      refusalOf(judged.what, me, { place: { kind }, kept: true, targetAuthor });
    return [{ command, of, everyone: code("everyone"), private: code("private") }];
  });
}

/** What an admin may do in the house, and nobody else. */
export const houseRows: readonly {
  readonly command: CommandType;
  readonly of?: string;
  readonly payload: object;
}[] = [
  { command: "kick", payload: { conversation: "everyone", username: "whom" } },
  { command: "ban", of: "a user", payload: { conversation: "everyone", username: "whom" } },
  { command: "ban", of: "an address", payload: { conversation: "everyone", address: "203.0.113.7" } },
  { command: "unban", payload: { conversation: "everyone", username: "whom" } },
  { command: "silence", payload: { conversation: "everyone", username: "whom" } },
  { command: "unsilence", payload: { conversation: "everyone", username: "whom" } },
  { command: "slow_mode", payload: { conversation: "everyone", seconds: 30 } },
  { command: "set_retention", payload: { conversation: "everyone", keep_s: 3_600 } },
  { command: "set_role", payload: { conversation: "everyone", username: "whom", role: "admin" } },
  { command: "delete_message", of: "another's", payload: { conversation: "everyone" } },
  { command: "sessions", of: "another's", payload: { username: "whom" } },
  { command: "end_session", of: "another's", payload: { username: "whom" } },
  { command: "announce", payload: { message: "At noon." } },
  { command: "read_only", payload: { on: true } },
  { command: "stats", payload: {} },
  { command: "bans", payload: {} },
  { command: "audit", payload: {} },
];

/** What needs no room. */
function isPlain(what: ActType | Look): boolean {
  return rights[what].pair || rights[what].everyone;
}
