// What holds in the house and who may write in it, as the records that were kept have it and what was done
// in rooms; and the lines that the audit log must have, in order.

import type { Append, AuditLine, Entry, Keep, RecordChange } from "chat-hub";
import type { Person } from "./people.ts";
import type { Found } from "./truth.ts";

/** A line as far as it can be told from what was done: without its detail, which is for people. */
export type Line = Pick<AuditLine, "by" | "action" | "about">;

/** Until when something is in force, in Unix milliseconds. */
type Until = number;

export class Rules {
  /** By user. */
  readonly admins = new Set<number>();
  /** By "user:7" and "address:Bob". */
  readonly bans = new Map<string, Until>();
  /** By "conversation:user". */
  readonly silences = new Map<string, Until>();
  isReadOnly = false;
  /** Seconds between two messages of somebody to everyone, and to rooms by their keys; 0 = as they like. */
  slowMode = 0;
  readonly slowRooms = new Map<string, number>();
  readonly lines: Line[] = [];
  /** Everything that was kept of accounts and logins. */
  readonly secrets: RecordChange[] = [];

  keep({ changes, audit }: Keep): void {
    for (const change of changes) {
      if (change.kind === "account" || change.kind === "login") this.secrets.push(change);
      else this.#change(change);
    }
    if (audit !== undefined) this.lines.push(audit);
  }

  /** What was written; `target` is the message that it is about. */
  follow({ act }: Append, { log, placed: { entry } }: Found, nameOf: (user: number) => string): void {
    if (entry.type === "silence") {
      const key = `${log.id}:${entry.who}`;
      if (entry.on) this.silences.set(key, entry.until ?? Infinity);
      else this.silences.delete(key);
    }
    if (entry.type === "update" && entry.slowMode !== undefined && log.room !== undefined)
      this.slowRooms.set(log.room, entry.slowMode);
    const target = "target" in entry ? log.at(entry.target)?.entry.author : undefined;
    const about = lineOf(act, entry, log.name, target === undefined ? undefined : { target, nameOf });
    if (about !== undefined) this.lines.push({ by: nameOf(entry.author), ...about });
  }

  /** Somebody else has their name from now on: whoever looked after the house does not any more. */
  loseName({ id, name }: Person): void {
    if (this.admins.delete(id)) this.lines.push({ by: "", action: "set_role", about: name });
  }

  isSilenced(user: number, conversation: number, at: number): boolean {
    return at < (this.silences.get(`${conversation}:${user}`) ?? -Infinity);
  }

  isBanned(key: string, at: number): boolean {
    return at < (this.bans.get(key) ?? -Infinity);
  }

  #change({ kind, key, value, until = Infinity as never }: RecordChange): void {
    const isOn = value !== undefined;
    if (kind === "admin") put(this.admins, Number(key.replace("user:", "")), isOn);
    if (kind === "ban" || kind === "silence") {
      const of = kind === "ban" ? this.bans : this.silences;
      if (isOn) of.set(key, until);
      else of.delete(key);
    }
    if (kind === "switch" && key === "read_only") this.isReadOnly = isOn;
    if (kind === "switch" && key === "slow_mode") this.slowMode = Number(value ?? 0);
  }
}

function put<Value>(set: Set<Value>, value: Value, isIn: boolean): void {
  if (isIn) set.add(value);
  else set.delete(value);
}

/** The line of what somebody does to others, to what they wrote, or to a whole room. */
function lineOf(
  act: Append["act"],
  entry: Entry,
  where: string,
  of: { readonly target: number; readonly nameOf: (user: number) => string } | undefined,
): Omit<Line, "by"> | undefined {
  const anothers = of === undefined || of.target === entry.author ? undefined : of.nameOf(of.target);
  switch (act.type) {
    case "kick":
      return { action: "kick", about: whom(entry) };
    case "ban":
      return { action: act.on ? "ban" : "unban", about: whom(entry) };
    case "silence":
      return { action: act.on ? "silence" : "unsilence", about: whom(entry) };
    case "role":
      return { action: "set_role", about: whom(entry) };
    case "archive":
      return { action: "archive_room", about: where };
    case "slow":
      return { action: "slow_mode", about: where };
    case "deletion":
      return anothers === undefined ? undefined : { action: "delete_message", about: anothers };
    case "pin":
      return anothers === undefined || act.on ? undefined : { action: "unpin", about: anothers };
    default:
      return undefined;
  }
}

function whom(entry: Entry): string {
  return "username" in entry ? entry.username : "";
}
