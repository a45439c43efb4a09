// Writes what was decided: the entry of an act, and in the same transaction everything that follows
// from it.

import type { Act, Append, Appended, Entry, MessageAct, Peer, Role, Seq } from "chat-hub";
import { isRole } from "chat-hub";
import { joiningRole, sayingOf, silenceRecord, standingAfter, untilOf } from "../consequences.js";
import type { Verdict, Whom } from "../verdict.js";
import type { SqliteDepartures } from "./departures.js";
import { kindCode } from "./entry.js";
import type { SqliteMessages } from "./kept-messages.js";
import type { Line, Log, SqliteLedger } from "./ledger.js";
import { plain } from "./ledger.js";
import type { SqliteMembers } from "./members.js";
import type { Called, SqliteMentions } from "./mentions.js";
import type { SqlitePeople } from "./people.js";
import type { SqliteReactions } from "./reactions.js";
import type { SqliteRecords } from "./records.js";
import type { Room, SqliteRooms } from "./rooms.js";
import type { MessageDetail } from "./shown.js";
import { editedText, entryWith, messageDetail, messageOf } from "./shown.js";
import type { Spot } from "./spots.js";

/** What an act has become. The room, if it was made or has changed. */
export interface Written {
  readonly log: Log;
  readonly seq: Seq;
  readonly at: Entry["at"];
  readonly entry?: Entry;
  readonly followed?: readonly Entry[];
  readonly room?: Room;
}

/** Those who keep what an act changes. */
export interface Keepers {
  readonly people: SqlitePeople;
  readonly ledger: SqliteLedger;
  readonly members: SqliteMembers;
  readonly rooms: SqliteRooms;
  readonly messages: SqliteMessages;
  readonly reactions: SqliteReactions;
  readonly mentions: SqliteMentions;
  readonly departures: SqliteDepartures;
  readonly records: SqliteRecords;
}

type Writing = Extract<Verdict, { readonly kind: "write" }>;

type Marking = Extract<Act, { type: "deletion" | "reaction" | "pin" }>;
type OnMessages = Extract<Act, { type: "message" | "edit" }> | Marking;
type RoomAct = Exclude<Act, OnMessages>;

/** What is done to messages; anything else is done to a room and its people. */
export function isAboutMessages(act: Act): act is OnMessages {
  return act.type === "message" || "target" in act;
}

export class SqliteActs {
  readonly #keep: Keepers;

  constructor(keepers: Keepers) {
    this.#keep = keepers;
  }

  /** The short way of what most acts are: a message that is nothing but its text. */
  say(call: Append, message: string, log: Log, peer: Peer | undefined, fingerprint: string | null): Appended {
    const { author, at: askedAt, origin, nonce = null } = call;
    const line = { at: askedAt, author, origin, message, replyTo: null, nonce, fingerprint };
    const { conversation, seq, at } = this.#keep.ledger.write(log, line);
    this.#keep.members.passOwn(author, conversation, seq);
    if (peer === undefined) return { ok: true, conversation, seq, at, duplicate: false };
    return { ok: true, conversation, peer, seq, at, duplicate: false };
  }

  /** As the verdict has it; `fingerprint` where there is a nonce. */
  write(call: Append, spot: Spot, { whom, audit, slowed }: Writing, fingerprint: string | null): Written {
    const written = this.#write(call, spot, whom, fingerprint);
    const { log, seq } = written;
    const { members, records } = this.#keep;
    members.passOwn(call.author, log.conversation, seq);
    if (slowed) members.speak(call.author, log.conversation, call.at);
    if (audit !== undefined) records.note(audit, call.at);
    return written;
  }

  #write(call: Append, spot: Spot, whom: Whom | undefined, fingerprint: string | null): Written {
    const { act } = call;
    if (act.type === "message") return this.#message(call, act, spot, fingerprint);
    const line = lineOf(call, fingerprint);
    switch (act.type) {
      case "edit":
        return this.#edit(act, line, spot);
      case "deletion":
      case "reaction":
      case "pin":
        return this.#mark(act, line, begun(spot, spot.log));
      default:
        return this.#inRoom(call, act, line, spot, whom);
    }
  }

  #message(call: Append, act: MessageAct, spot: Spot, fingerprint: string | null): Written {
    const { author } = call;
    const { ledger, messages, mentions, people } = this.#keep;
    const log = spot.log ?? ledger.begin(author, begun(spot, spot.peer).user);
    const { conversation } = log;
    const line: Line = { ...lineOf(call, fingerprint), message: act.message, replyTo: act.replyTo ?? null };
    const called = mentions.called(author, spot, act.mentions);
    if (line.replyTo === null && called.length === 0) {
      const { seq, at } = ledger.write(log, line);
      return { log, seq, at };
    }
    const thread = line.replyTo && (messages.find(conversation, line.replyTo)?.thread ?? line.replyTo);
    const row = ledger.write(log, line, { ...plain, thread, detail: detailOf({}, called) });
    if (thread !== null) messages.addReply(conversation, thread, row.seq);
    mentions.add(conversation, row.seq, author, called);
    const entry = messageOf({ ...row, from: people.known(author).name, checksum: 0 });
    return { log, seq: row.seq, at: row.at, entry };
  }

  #edit(act: Extract<Act, { type: "edit" }>, line: Line, spot: Spot): Written {
    const { ledger, messages, mentions, people } = this.#keep;
    const log = begun(spot, spot.log);
    const target = begun(spot, messages.find(log.conversation, act.target));
    const called = mentions.called(line.author, spot, act.mentions);
    const row = ledger.write(log, line, { ...plain, kind: kindCode("edit"), target: act.target });
    const version = (messageDetail(target).version ?? 1) + 1;
    const detail = detailOf({ version, edited: row.at }, called);
    mentions.remove(target);
    const edited = messages.rewrite(target, act.message, detail);
    mentions.add(log.conversation, target.seq, target.author, called);
    const saying = { type: "edit", target: act.target, ...editedText(edited) } as const;
    const entry = entryWith(row, people.known(line.author).name, saying);
    return { log, seq: row.seq, at: row.at, entry };
  }

  #mark(act: Marking, line: Line, log: Log): Written {
    const { departures, messages, mentions, reactions } = this.#keep;
    const { conversation } = log;
    const { author } = line;
    const entry = departures.say(log, line, sayingOf(act, { user: author, name: "" }, "member"));
    if (act.type === "pin") reactions.pin(conversation, act.target, act.on);
    else if (act.type === "deletion") {
      const target = messages.find(conversation, act.target);
      if (target === undefined) throw new Error(`there is no message ${act.target} in ${conversation}`);
      mentions.remove(target);
      reactions.clear(conversation, act.target);
      const { version, edited } = messageDetail(target);
      messages.rewrite(target, null, version === undefined ? null : JSON.stringify({ version, edited }));
    } else if (act.on) reactions.give(conversation, act.target, act.emoji, author, entry.seq);
    else reactions.takeBack(conversation, act.target, act.emoji, author);
    return { log, seq: entry.seq, at: entry.at, entry };
  }

  #inRoom(call: Append, act: RoomAct, line: Line, spot: Spot, whom: Whom | undefined): Written {
    const { departures, members, people, records, rooms } = this.#keep;
    const room = act.type === "create" ? this.#make(call, act) : begun(spot, spot.room);
    const { log } = room;
    const author = people.known(call.author);
    const standing = members.standing(author.user, log.conversation);
    const whose = whom ?? { user: author.user, name: author.name, kept: author.token !== null, standing };
    const role = this.#roleFor(act, room, whose);
    const until = untilOf(call);
    const entry = departures.say(log, line, sayingOf(act, whose, role, until));
    const { seq, at } = entry;
    const after = standingAfter(act, role);
    if (act.type === "create" || act.type === "join") {
      members.join(author.user, log.conversation, author.key, role, seq);
      room.members += 1;
    } else if (after !== undefined) {
      const ends = act.type === "ban" ? until : undefined;
      members.stand(whose.user, log.conversation, people.known(whose.user).key, after, ends);
    }
    const silence = silenceRecord(call, log.conversation, whose, author.name);
    if (silence !== undefined) records.change(silence, call.at);
    change(room, act);
    rooms.keep(room);
    const hasLeft = isRole(whose.standing) && after !== undefined && !isRole(after);
    const followed = hasLeft ? departures.gone(room, line, whose.standing) : [];
    return { log, seq, at, entry, room, ...(followed.length === 0 ? {} : { followed }) };
  }

  #roleFor(act: RoomAct, room: Room, whose: Whom): Role {
    const joins = act.type === "create" || act.type === "join";
    return joins ? joiningRole(act, room, whose.kept) : "member";
  }

  #make({ to }: Append, { name, visibility, history, topic }: Extract<Act, { type: "create" }>): Room {
    if (to.kind !== "room") throw new Error("only a room is made");
    return this.#keep.rooms.make({ key: to.key, name, visibility, history, topic });
  }
}

function change(room: Room, act: RoomAct): void {
  if (act.type === "topic") room.topic = act.topic;
  if (act.type === "history") room.history = act.history;
  if (act.type === "archive") room.archived = act.on;
  if (act.type === "slow") room.slowMode = act.seconds;
  if (act.type === "retention") room.keepSeconds = act.seconds;
}

function lineOf({ author, at, origin, nonce }: Append, fingerprint: string | null): Line {
  return { at, author, origin, message: "", replyTo: null, nonce: nonce ?? null, fingerprint };
}

function detailOf(detail: MessageDetail, called: Called): string | null {
  const whole = called.length === 0 ? detail : { mentions: called, ...detail };
  return Object.keys(whole).length === 0 ? null : JSON.stringify(whole);
}

/** What the verdict has made sure of. */
function begun<Thing>(spot: Spot, thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error(`an act was let through in ${JSON.stringify(spot.place)}`);
  return thing;
}
