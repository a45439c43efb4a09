// Whether somebody may write now, as far as every store agrees: what holds for the whole house, before it
// is looked where something goes, and what holds in one place, after the rights.

import type { Act, Append, AppendRefusal, Choose, HouseRules, StoreRefusal, WallMillis } from "chat-hub";
import type { Scene } from "./verdict.js";

export interface Refused {
  readonly kind: "refused";
  readonly code: AppendRefusal;
  readonly retryAfterMs?: number;
}

/** What holds for the house: nothing is looked up for it. */
export function doorRefusal(rules: HouseRules, call: Append): Refused | undefined {
  if (rules.isCalm) return undefined;
  const { author, at } = call;
  if (rules.readOnly !== undefined && !looksAfter(rules, call)) return { kind: "refused", code: "read_only" };
  const ban = rules.banOf(author, at);
  return ban === undefined ? undefined : refused("banned", ban.until, at);
}

/** Whoever writes looks after the house, as it stands in this transaction or as the gate says. */
export function looksAfter(rules: HouseRules, { author, admin }: Append): boolean {
  return admin === true || rules.isAdmin(author);
}

/** Whether somebody may say that of themselves now: all see it. What they say already they may go on saying, or take back. */
export function statusRefusal(
  rules: HouseRules,
  { user, admin, at }: Choose,
  text: string,
  before: string,
): StoreRefusal<"silenced" | "read_only"> | undefined {
  if (rules.isCalm || text === "" || text === before) return undefined;
  const looksAfterIt = admin === true || rules.isAdmin(user);
  if (rules.readOnly !== undefined && !looksAfterIt) return { ok: false, code: "read_only" };
  const silence = rules.silenceInPublic(user, at);
  if (silence === undefined) return undefined;
  const retry = silence.until === undefined ? {} : { retryAfterMs: silence.until - at };
  return { ok: false, code: "silenced", ...retry };
}

/** What holds for the author where they want to write. Whoever looks after a place is not slowed down there. */
export function voiceRefusal(act: Act, scene: Scene): Refused | undefined {
  const { place, author, conversation, rules, at } = scene;
  if (place.kind === "private" || !isHeard(act)) return undefined;
  const { user } = author;
  const inPublic = place.kind === "everyone" || place.visibility === "public";
  // Whoever is silenced in the house makes no rooms, private ones neither.
  const silence =
    (inPublic || act.type === "create" ? rules.silenceInPublic(user, at) : undefined) ??
    (conversation === undefined ? undefined : rules.silenceOf(user, conversation, at));
  if (silence !== undefined) return refused("silenced", silence.until, at);
  if (!isSlowed(act, scene)) return undefined;
  const spoke = scene.spoke();
  // What was said later than now was said before the clock went back.
  const next = spoke === 0 || spoke > at ? 0 : spoke + 1_000 * slowModeOf(scene);
  return next <= at ? undefined : refused("slow_mode", next as WallMillis, at);
}

/** Whether it is a message that counts against slow mode. */
export function isSlowed(act: Act, scene: Scene): boolean {
  const { place, author } = scene;
  if (act.type !== "message" || author.admin || slowModeOf(scene) === 0) return false;
  return place.kind !== "room" || place.standing === "member";
}

/** Seconds between two messages of one person there. */
function slowModeOf({ place, room, rules }: Scene): number {
  if (place.kind === "private") return 0;
  return place.kind === "everyone" ? rules.slowModeSeconds : (room?.slowMode ?? 0);
}

/** What others come to read or see; to take something back, to leave and to look after a room is not. */
function isHeard(act: Act): boolean {
  switch (act.type) {
    case "message":
    case "edit":
    case "topic":
    case "invite":
    case "create":
      return true;
    case "reaction":
      return act.on;
    default:
      return false;
  }
}

function refused(code: AppendRefusal, until: WallMillis | undefined, at: WallMillis): Refused {
  return { kind: "refused", code, ...(until === undefined ? {} : { retryAfterMs: until - at }) };
}
