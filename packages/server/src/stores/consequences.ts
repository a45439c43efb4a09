// What follows from an act that is written, as far as every store agrees: what its entry says, who
// stands how to the room from then on, and who owns a room whose last owner has left.

import type {
  Act,
  Append,
  ConversationId,
  Decision,
  Entry,
  RecordChange,
  Role,
  RoomStanding,
  WallMillis,
} from "chat-hub";
import { houseKeys, unreachable } from "chat-hub";
import type { Whom } from "./verdict.js";

/** What is known of every entry before it is said what it is. */
type Frame = "seq" | "at" | "author" | "from" | "nonce" | "origin";
type Without<Each, Fields extends PropertyKey> = Each extends unknown ? Omit<Each, Fields> : never;
/** What an entry says beside who did it, where and when. */
export type Saying = Without<Entry, Frame>;

/** When what is decided for a while ends; nothing if it is for good. */
export function untilOf({ act, at }: Pick<Append, "act" | "at">): WallMillis | undefined {
  if (!("forSeconds" in act) || act.forSeconds === undefined) return undefined;
  return (at + 1_000 * act.forSeconds) as WallMillis;
}

/** Of one who acts on themselves, `whom` is the author; `until` as `untilOf` has it. */
export function sayingOf(
  act: Exclude<Act, { type: "message" | "edit" }>,
  whom: Pick<Whom, "user" | "name">,
  role: Role,
  until?: WallMillis,
): Saying {
  const done = { who: whom.user, username: whom.name };
  const term = until === undefined ? {} : { until };
  switch (act.type) {
    case "deletion":
      return { type: "deletion", target: act.target };
    case "reaction":
      return { type: "reaction", target: act.target, emoji: act.emoji, on: act.on };
    case "pin":
      return { type: "pin", target: act.target, on: act.on };
    case "create":
    case "join":
      return { type: "join", role };
    case "leave":
      return { type: "leave", ...done, why: "left" };
    case "kick":
      return { type: "leave", ...done, why: "kicked" };
    case "invite":
      return { type: "invite", ...done };
    case "ban":
      return { type: "ban", ...done, on: act.on, ...term };
    case "silence":
      return { type: "silence", ...done, on: act.on, ...term };
    case "role":
      return { type: "role", ...done, role: act.role };
    case "topic":
      return { type: "update", topic: act.topic };
    case "history":
      return { type: "update", history: act.history };
    case "archive":
      return { type: "update", archived: act.on };
    case "slow":
      return { type: "update", slowMode: act.seconds };
    case "retention":
      return { type: "update", keepSeconds: act.seconds };
    default:
      return unreachable(act);
  }
}

/** The role in which somebody joins: whoever finds a public room without anybody in it looks after it. */
export function joiningRole(
  act: { readonly type: "create" | "join" },
  room: { readonly visibility: "public" | "private"; readonly members: number },
  isKept: boolean,
): Role {
  if (act.type === "create") return "owner";
  return room.visibility === "public" && room.members === 0 && isKept ? "owner" : "member";
}

/** How whom it was done to stands to the room after it; nothing if that is as before. */
export function standingAfter(act: Act, role: Role): RoomStanding | undefined {
  switch (act.type) {
    case "create":
    case "join":
      return role;
    case "leave":
    case "kick":
      return "former";
    case "invite":
      return "invited";
    case "ban":
      return act.on ? "banned" : "former";
    case "role":
      return act.role;
    default:
      return undefined;
  }
}

export interface Heir {
  readonly role: Role;
  readonly kept: boolean;
  /** Where they joined. */
  readonly joined: number;
}

/** Who owns a room after its last owner: the longest-serving moderator, else member, whose name is kept. */
export function heirOf<Candidate extends Heir>(members: Iterable<Candidate>): Candidate | undefined {
  let heir: Candidate | undefined;
  for (const member of members) {
    if (!member.kept || member.role === "owner") continue;
    if (heir === undefined || comesBefore(member, heir)) heir = member;
  }
  return heir;
}

function comesBefore(one: Heir, other: Heir): boolean {
  return one.role === other.role ? one.joined < other.joined : one.role === "moderator";
}

/** A silence in a room is a record, so that it outlives a membership; and nothing of others' is kept for it. */
export function silenceRecord(
  { act, at }: Pick<Append, "act" | "at">,
  conversation: ConversationId,
  whom: Pick<Whom, "user" | "name">,
  by: string,
): RecordChange | undefined {
  if (act.type !== "silence") return undefined;
  const key = houseKeys.silence(conversation, whom.user);
  if (!act.on) return { kind: "silence", key };
  const decision: Decision = { username: whom.name, by, reason: act.reason ?? "" };
  const until = untilOf({ act, at });
  return { kind: "silence", key, value: JSON.stringify(decision), ...(until === undefined ? {} : { until }) };
}
