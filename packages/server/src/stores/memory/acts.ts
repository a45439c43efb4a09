// What people do, in memory: it is found where, judged, and written with all that follows from it.

import type {
  Act,
  Address,
  Append,
  Appended,
  AppendRefusal,
  Entry,
  MessageAct,
  RoomFacts,
  StoreCalls,
  StoreLimits,
} from "chat-hub";
import { FewMap } from "chat-hub";
import { isNameOf } from "../address.js";
import { silenceRecord } from "../consequences.js";
import type { Verdict } from "../verdict.js";
import { verdictOf } from "../verdict.js";
import type { Refused } from "../voice.js";
import { doorRefusal } from "../voice.js";
import { factsOf } from "./conversations.js";
import { Deeds } from "./deeds.js";
import type { Log } from "./log.js";
import type { Written } from "./nonces.js";
import { isSame, written } from "./nonces.js";
import type { User } from "./people.js";
import type { MemoryRecords } from "./records.js";
import { Room } from "./room.js";
import type { Carried, Doing, Rooms } from "./rooms.js";
import { MemoryScene } from "./scene.js";
import type { Visible } from "./visible.js";

/** Where something is to be done: `log` is absent where nothing was ever said. */
interface Goal {
  readonly log: Log | undefined;
  readonly peer: User | undefined;
}

type Writing = Extract<Verdict, { readonly kind: "write" }>;
type OtherAct = Exclude<Act, MessageAct>;
type Answer = StoreCalls["append"]["answer"];

export class Acts {
  readonly #visible: Visible;
  readonly #rooms: Rooms;
  readonly #deeds: Deeds;
  readonly #records: MemoryRecords;
  readonly #limits: StoreLimits;

  constructor(visible: Visible, rooms: Rooms, records: MemoryRecords, limits: StoreLimits) {
    this.#visible = visible;
    this.#rooms = rooms;
    this.#deeds = new Deeds(visible.people, visible.conversations, rooms);
    this.#records = records;
    this.#limits = limits;
  }

  append(call: Append): Answer {
    const author = this.#visible.people.known(call.author);
    const first = call.nonce === undefined ? undefined : author.nonces.get(call.nonce);
    if (first !== undefined) return this.#repeat(author, call, first);
    const { to, act } = call;
    // Nearly all there is: nobody can be refused a message to everyone, unless it is a reply.
    const { rules } = this.#records;
    if (rules.isCalm && to.kind === "everyone" && act.type === "message" && act.replyTo === undefined)
      return this.#say(this.#visible.conversations.everyone, author, call, act);
    const closed = doorRefusal(rules, call);
    if (closed !== undefined) return refusal(closed);
    const goal = this.#goal(author, to, act);
    if (typeof goal === "string") return { ok: false, code: goal };
    const scene = new MemoryScene(this.#visible, rules, call, author, goal.log, goal.peer);
    const verdict = verdictOf(act, scene, this.#limits);
    if (verdict.kind === "refused") return refusal(verdict);
    if (verdict.kind === "unchanged") return this.#unchanged(author, goal.log as Log, act);
    const log = goal.log ?? this.#begun(author, call, goal.peer);
    if (verdict.audit !== undefined) this.#records.note(verdict.audit, call.at);
    if (act.type !== "message") return this.#do(log, author, call, act, verdict);
    if (verdict.slowed) {
      author.spoke ??= new FewMap();
      author.spoke.set(log, call.at);
    }
    return this.#say(log, author, call, act);
  }

  #repeat(author: User, { to, act }: Append, first: Written): Answer {
    const place = this.#visible.place(author, first.log);
    if (!isNameOf(to, place) || !isSame(first, act, this.#visible.people.secret))
      return { ok: false, code: "nonce_reused" };
    const { seq, at } = first.entry;
    return { ok: true, ...place, seq, at, duplicate: true };
  }

  #goal(author: User, to: Address, act: Act): Goal | AppendRefusal {
    const { people, conversations } = this.#visible;
    if (to.kind === "everyone") return { log: conversations.everyone, peer: undefined };
    if (to.kind === "room") {
      const log = conversations.room(to.key);
      return log === undefined && act.type !== "create" ? "unknown_conversation" : { log, peer: undefined };
    }
    // Only what is said needs somebody to hear it: what was said before is still one's own.
    const peer = act.type === "message" ? people.reachable(to) : (people.named(to) ?? "unknown_user");
    if (typeof peer === "string") return peer;
    return { log: author.privates.get(peer), peer };
  }

  #begun(author: User, { to, act }: Append, peer: User | undefined): Log {
    const { conversations } = this.#visible;
    if (peer !== undefined) return conversations.begin(author, peer);
    if (to.kind !== "room" || act.type !== "create") throw new Error(`${act.type} begins nothing`);
    return conversations.open(new Room(to.key, act));
  }

  #unchanged(author: User, log: Log, act: Act): Appended {
    const place = this.#visible.place(author, log);
    const { head: seq, headAt: at } = log;
    return { ok: true, ...place, seq, at, duplicate: false, unchanged: true, ...roomAfter(act, log) };
  }

  #say(log: Log, author: User, call: Append, act: MessageAct): Appended {
    const entry = this.#deeds.message(log, author, call, act);
    this.#written(log, author, call, entry);
    const answer = this.#answer(log, author, entry);
    return entry.thread === undefined && entry.mentions === undefined ? answer : { ...answer, entry };
  }

  #do(log: Log, author: User, call: Append, act: OtherAct, { whom }: Writing): Appended {
    const { origin, at, nonce } = call;
    const doing: Doing = nonce === undefined ? { author, origin, at } : { author, origin, at, nonce };
    const { entry, followed } = this.#carryOut(log, doing, act, whom);
    const silence = whom && silenceRecord(call, log.id, whom, author.name);
    if (silence !== undefined) this.#records.change(silence, at);
    this.#written(log, author, call, entry);
    return {
      ...this.#answer(log, author, entry),
      entry,
      ...(followed === undefined ? {} : { followed: [followed] }),
      ...roomAfter(act, log),
    };
  }

  #carryOut(log: Log, doing: Doing, act: OtherAct, whom: Writing["whom"]): Carried {
    switch (act.type) {
      case "edit":
        return { entry: this.#deeds.edit(log, doing, act) };
      case "deletion":
        return { entry: this.#deeds.deletion(log, doing, act) };
      case "reaction":
        return { entry: this.#deeds.reaction(log, doing, act) };
      case "pin":
        return { entry: this.#deeds.pin(log, doing, act) };
      default:
        return this.#rooms.change(log, doing, act, whom && this.#visible.people.known(whom.user));
    }
  }

  /** What one has just said oneself is not news, unless there is something before it that is. */
  #written(log: Log, author: User, { nonce, act }: Append, entry: Entry): void {
    const { seq } = entry;
    const cursors = author.cursors.get(log);
    if (cursors?.delivered === seq - 1) cursors.delivered = seq;
    if (cursors?.read === seq - 1) cursors.read = seq;
    if (nonce !== undefined) author.nonces.set(nonce, written(log, entry, act));
  }

  #answer(log: Log, author: User, { seq, at }: Entry): Appended {
    if (log === this.#visible.conversations.everyone)
      return { ok: true, conversation: log.id, seq, at, duplicate: false };
    return { ok: true, ...this.#visible.place(author, log), seq, at, duplicate: false };
  }
}

function refusal({ code, retryAfterMs }: Refused): Answer {
  return retryAfterMs === undefined ? { ok: false, code } : { ok: false, code, retryAfterMs };
}

/** What is done to messages does not change the room. */
function roomAfter({ type }: Act, log: Log): { readonly facts?: RoomFacts } {
  const isAboutMessage = type === "edit" || type === "deletion" || type === "reaction" || type === "pin";
  return log.room === undefined || isAboutMessage ? {} : { facts: factsOf(log, log.room) };
}
