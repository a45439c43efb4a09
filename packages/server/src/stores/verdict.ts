// What becomes of an act, as far as every store agrees: all of `Append`'s order but the nonce, the
// address and the writing. A store tells the scene and looks up what it is asked for.

import type {
  Act,
  AppendRefusal,
  AuditLine,
  ConversationId,
  Facts,
  HouseRules,
  NameKey,
  RoomFacts,
  RoomStanding,
  Seq,
  StoreLimits,
  UserId,
  WallMillis,
} from "chat-hub";
import { isRole, refusalOf, unreachable } from "chat-hub";
import { auditOf } from "./deeds-audited.js";
import type { Refused } from "./voice.js";
import { isSlowed, voiceRefusal } from "./voice.js";

/** Whom something is done to: the present holder of a name, or the last one. */
export interface Whom {
  readonly user: UserId;
  readonly name: string;
  readonly kept: boolean;
  readonly standing: RoomStanding;
}

/** A message that an act is about. */
export interface Target {
  readonly author: UserId;
  readonly message: string;
  readonly deleted: boolean;
  readonly pinned: boolean;
}

/** What is asked of a store while it decides. */
export interface Scene {
  readonly author: { readonly user: UserId; readonly kept: boolean; readonly admin: boolean };
  /** What is in force in the house, and when it is asked. */
  readonly rules: HouseRules;
  readonly at: WallMillis;
  /** Absent for what is not there yet. */
  readonly conversation: ConversationId | undefined;
  /** Of a room that is not there yet: the standing of a stranger. */
  readonly place: Facts["place"];
  /** The room; absent if it is not there yet, and where there is none. */
  readonly room?:
    | Pick<RoomFacts, "name" | "topic" | "history" | "archived" | "members" | "slowMode" | "keepSeconds">
    | undefined;
  /** In private: one of the two has blocked the other. */
  readonly blocked: boolean;
  /** Only what is kept and the author may see; nothing if that seq is no message. */
  target(seq: Seq): Target | undefined;
  /** How many different emoji the message has, whether this one is there, and whether from the author. */
  reactions(
    target: Seq,
    emoji: string,
  ): { readonly kinds: number; readonly given: boolean; readonly mine: boolean };
  pins(): number;
  /** Nothing: nobody ever had the name. */
  whom(key: NameKey): Whom | undefined;
  /** How many people are invited to the room, how many own it, and how many rooms the author is in. */
  invited(): number;
  owners(): number;
  roomsOfAuthor(): number;
  /** When the author wrote there last while messages were slowed down; 0 = never. */
  spoke(): WallMillis;
  /** Of somebody who has written there, or does now. */
  nameOf(user: UserId): string;
}

/**
 * `unchanged`: it is so already. Else it is to be written, `whom` being whom it is done to; with the line of
 * the audit log, if it is one. `slowed`: from now on the author is one who has spoken there.
 */
export type Verdict =
  | Refused
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "write";
      readonly whom: Whom | undefined;
      readonly audit: AuditLine | undefined;
      readonly slowed: boolean;
    };

export function verdictOf(act: Act, scene: Scene, limits: StoreLimits): Verdict {
  const seq = targetOf(act);
  const target = seq === undefined ? undefined : scene.target(seq);
  const whom = "who" in act ? scene.whom(act.who) : undefined;
  const refusal =
    refused(rightsRefusal(act, scene, target, whom)) ??
    voiceRefusal(act, scene) ??
    refused(
      thereAlready(act, scene, whom) ??
        (isOverLimit(act, scene, whom, limits) ? "limit_reached" : undefined) ??
        targetRefusal(act, seq, target),
    );
  if (refusal !== undefined) return refusal;
  if (changesNothing(act, scene, target, whom)) return { kind: "unchanged" };
  return { kind: "write", whom, audit: auditOf(act, scene, target, whom), slowed: isSlowed(act, scene) };
}

function refused(code: AppendRefusal | undefined): Refused | undefined {
  return code === undefined ? undefined : { kind: "refused", code };
}

/** The message that an act is about. */
export function targetOf(act: Act): Seq | undefined {
  if (act.type === "message") return act.replyTo;
  return "target" in act ? act.target : undefined;
}

function rightsRefusal(
  act: Act,
  { author, place }: Scene,
  target: Target | undefined,
  whom: Whom | undefined,
): AppendRefusal | undefined {
  const facts: Facts = {
    place,
    kept: author.kept,
    admin: author.admin,
    ...(target === undefined ? {} : { targetAuthor: target.author }),
    ...(whom === undefined ? {} : { who: whom }),
  };
  return refusalOf(act.type, author.user, facts) as AppendRefusal | undefined;
}

function thereAlready(act: Act, scene: Scene, whom: Whom | undefined): AppendRefusal | undefined {
  if (act.type === "create") return scene.room === undefined ? undefined : "room_taken";
  if (scene.blocked && act.type !== "deletion") return "blocked";
  if (!("who" in act)) return undefined;
  if (whom === undefined) return "unknown_user";
  if (act.type !== "role") return undefined;
  if (!isRole(whom.standing)) return "not_member";
  const stepsDown = whom.user === scene.author.user && whom.standing === "owner" && act.role !== "owner";
  return stepsDown && scene.owners() === 1 ? "last_owner" : undefined;
}

/** Whether it would be one more than there may be; what adds nothing is none more. */
function isOverLimit(act: Act, scene: Scene, whom: Whom | undefined, limits: StoreLimits): boolean {
  const { place, room } = scene;
  switch (act.type) {
    case "create":
      return scene.roomsOfAuthor() >= limits.roomsPerUser;
    case "join": {
      if (place.kind !== "room" || isRole(place.standing)) return false;
      if (scene.roomsOfAuthor() >= limits.roomsPerUser) return true;
      return place.standing !== "invited" && isFull(room, scene, limits);
    }
    case "invite":
      return whom !== undefined && !isThere(whom.standing) && isFull(room, scene, limits);
    case "reaction": {
      if (!act.on) return false;
      const { kinds, given } = scene.reactions(act.target, act.emoji);
      return !given && kinds >= limits.reactionsPerMessage;
    }
    case "silence":
      return act.on && scene.rules.count("silence") >= limits.terms;
    case "pin":
      return act.on && scene.target(act.target)?.pinned !== true && scene.pins() >= limits.pins;
    default:
      return false;
  }
}

function isFull(room: Scene["room"], scene: Scene, { membersPerRoom }: StoreLimits): boolean {
  return (room?.members ?? 0) + scene.invited() >= membersPerRoom;
}

function isThere(standing: RoomStanding): boolean {
  return standing === "invited" || isRole(standing);
}

function targetRefusal(
  act: Act,
  seq: Seq | undefined,
  target: Target | undefined,
): AppendRefusal | undefined {
  if (seq === undefined) return undefined;
  if (target === undefined) return "unknown_message";
  return target.deleted && act.type !== "deletion" ? "deleted" : undefined;
}

function changesNothing(act: Act, scene: Scene, target: Target | undefined, whom: Whom | undefined): boolean {
  switch (act.type) {
    case "message":
    case "create":
    case "leave":
      return false;
    case "edit":
      return act.message === target?.message;
    case "deletion":
      return target?.deleted === true;
    case "reaction":
      return scene.reactions(act.target, act.emoji).mine === act.on;
    case "pin":
      return target?.pinned === act.on;
    case "join":
      return scene.place.kind === "room" && isRole(scene.place.standing);
    case "invite":
      return whom !== undefined && isThere(whom.standing);
    case "kick":
      return whom !== undefined && !isThere(whom.standing);
    case "ban":
      return (whom?.standing === "banned") === act.on && act.forSeconds === undefined;
    case "silence":
      return !act.on && !isSilenced(scene, whom);
    case "role":
      return whom?.standing === act.role;
    case "topic":
      return scene.room?.topic === act.topic;
    case "history":
      return scene.room?.history === act.history;
    case "archive":
      return scene.room?.archived === act.on;
    case "slow":
      return (scene.room?.slowMode ?? 0) === act.seconds;
    case "retention":
      return (scene.room?.keepSeconds ?? 0) === act.seconds;
    default:
      return unreachable(act);
  }
}

function isSilenced({ conversation, rules, at }: Scene, whom: Whom | undefined): boolean {
  if (conversation === undefined || whom === undefined) return false;
  return rules.silenceOf(whom.user, conversation, at) !== undefined;
}
