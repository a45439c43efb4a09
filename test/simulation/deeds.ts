// What people do: who, what, where, drawn so that much of it can succeed, much of it races with
// something else, and some of it must be refused.

import type { Deed, HistorySetting, Role, Status } from "chat-hub";
import type { CoreDevice } from "./devices/core-device.ts";
import type { Asking, Device } from "./devices/device.ts";
import type { RawDevice } from "./devices/raw-device.ts";
import type { Dice } from "./drawn/dice.ts";
import type { DeedName, Kind } from "./drawn/kind.ts";
import type { Knowledge } from "./knowledge.ts";

const emojis = ["👍", "🎉", "❤️"];
const oddFrames = [
  "",
  "{",
  "[]",
  '{"type":"no_such_type","id":"odd"}',
  '{"type":"send_message","id":"odd","payload":{"message":"   "}}',
  '{"type":"send_message","id":"odd","payload":{}}',
  '{"type":"login","id":"odd","payload":{"username":"alice"}}',
  '{"message":"","id":"odd"}',
  '{"message":"to nobody","target":"nobody","id":"odd"}',
  '{"type":"history","id":"odd","payload":{"conversation":"#nowhere"}}',
  '{"type":"search","id":"odd","payload":{"query":"from:"}}',
  '{"type":"help"}',
];

const ofModerators: ReadonlySet<DeedName> = new Set([
  "invite",
  "kick",
  "ban",
  "unban",
  "role",
  "topic",
  "history",
  "archive",
]);
const inRooms: ReadonlySet<DeedName> = new Set(["sayInRoom", "join", "leave", ...ofModerators]);

export class Deeds {
  readonly #dice: Dice;
  readonly #kind: Kind;
  readonly #knowledge: Knowledge;
  /** Usernames of all people of this world; the rooms that they speak of. */
  readonly #people: readonly string[];
  readonly #rooms: readonly string[];
  /** The room that this deed is about, if it is about one. */
  #room = "#dev";
  #texts = 0;

  constructor(
    dice: Dice,
    kind: Kind,
    knowledge: Knowledge,
    people: readonly string[],
    rooms: readonly string[],
  ) {
    this.#dice = dice;
    this.#kind = kind;
    this.#knowledge = knowledge;
    this.#people = people;
    this.#rooms = rooms;
  }

  /** Somebody does something; `undefined` if nobody can. */
  act(devices: readonly Device[]): DeedName | undefined {
    const running = devices.filter((device) => device.isRunning);
    if (running.length === 0) return undefined;
    let name = this.#dice.weighted(this.#kind.deeds);
    this.#room = this.#rooms.length === 0 ? "#dev" : this.#dice.of(this.#rooms);
    if (inRooms.has(name) && !this.#knowledge.exists(this.#room) && this.#dice.percent(60)) name = "create";
    if (ofModerators.has(name) && !running.some((device) => this.#may(device, name))) name = "join";
    this.#carryOut(this.#dice.of(this.#fit(running, name)), name);
    return name;
  }

  /** Those that may do it, mostly, and that can do it now. */
  #fit(running: readonly Device[], name: DeedName): readonly Device[] {
    const dice = this.#dice;
    const fit = dice.percent(85) ? running.filter((device) => this.#may(device, name)) : running;
    const online = dice.percent(80) ? fit.filter((device) => device.isOnline) : fit;
    return online.length > 0 ? online : fit.length > 0 ? fit : running;
  }

  /** It may succeed, as far as roles go. */
  #may(device: Device, name: DeedName): boolean {
    const role = this.#knowledge.role(keyOf(device), this.#room);
    const { kind, owner } = device;
    if (name === "create") return owner.token !== undefined && kind !== "simple";
    if (name === "join") return role === undefined && kind !== "simple";
    if (ofModerators.has(name)) return role !== undefined && role !== "member" && kind !== "simple";
    return !inRooms.has(name) || role !== undefined;
  }

  /** The first of all: somebody makes the rooms, and the others go there. */
  prepare(devices: readonly Device[]): void {
    const maker = devices.find((device) => device.owner.token !== undefined && device.kind !== "simple");
    for (const conversation of this.#rooms)
      maker?.does({ type: "create", conversation, visibility: "public", history: this.#history() });
  }

  #carryOut(device: Device, name: DeedName): void {
    switch (name) {
      case "type":
        return device.types(this.#anywhere(device), this.#dice.percent(70));
      case "read": {
        const conversation = this.#anywhere(device);
        const head = this.#knowledge.head(keyOf(device), conversation);
        return device.reads(conversation, Math.max(1, head - this.#dice.between(0, 3)));
      }
      case "ask":
        return device.asks(this.#question(device));
      case "look":
        return this.#lookAround(device);
      case "repeat":
        if (device.kind !== "core") (device as RawDevice).repeats(this.#dice.percent(75) ? "same" : "other");
        return;
      case "odd":
        if (device.kind !== "core") (device as RawDevice).says(this.#dice.of(oddFrames));
        return;
      case "flood":
        if (device.kind !== "core") for (let left = 40; left > 0; left -= 1) device.does(this.#say(device));
        return;
      default: {
        const deed = this.#deed(device, name);
        if (deed !== undefined) device.does(deed);
      }
    }
  }

  #deed(
    device: Device,
    name: Exclude<DeedName, "type" | "read" | "ask" | "look" | "repeat" | "odd" | "flood">,
  ): Deed | undefined {
    const dice = this.#dice;
    switch (name) {
      case "say":
        return this.#say(device);
      case "whisper":
        return { type: "message", conversation: this.#somebody(), message: this.#text(device) };
      case "sayInRoom":
        return { type: "message", conversation: this.#room, message: this.#text(device) };
      case "reply": {
        const conversation = this.#told(device, false);
        const replyTo = this.#target(device, conversation, false);
        return { type: "message", conversation, message: this.#text(device), replyTo };
      }
      case "edit": {
        const conversation = this.#told(device, true);
        const target = this.#target(device, conversation, true);
        return { type: "edit", conversation, target, message: this.#text(device) };
      }
      case "delete": {
        const conversation = this.#told(device, true);
        return {
          type: "deletion",
          conversation,
          target: this.#target(device, conversation, dice.percent(80)),
        };
      }
      case "react": {
        const conversation = this.#told(device, false);
        const target = this.#target(device, conversation, false);
        return { type: "reaction", conversation, target, emoji: dice.of(emojis), on: dice.percent(70) };
      }
      case "pin": {
        const conversation = this.#told(device, false);
        const target = this.#target(device, conversation, false);
        return { type: "pin", conversation, target, on: dice.percent(75) };
      }
      case "status":
        return {
          type: "status",
          status: dice.of<Status>(["online", "away", "busy", "invisible"]),
          text: "so",
        };
      case "privacy":
        return { type: "privacy", reading: dice.of(["shared", "private"]) };
      case "block":
        return { type: "block", username: this.#person(), on: dice.percent(50) };
      case "mute":
        return { type: "mute", conversation: this.#anywhere(device), on: dice.percent(50) };
      default:
        return this.#roomDeed(name);
    }
  }

  #say(device: Device): Deed {
    return { type: "message", conversation: "everyone", message: this.#text(device) };
  }

  #roomDeed(
    name:
      | "create"
      | "join"
      | "leave"
      | "invite"
      | "kick"
      | "ban"
      | "unban"
      | "role"
      | "topic"
      | "history"
      | "archive",
  ): Deed {
    const dice = this.#dice;
    const conversation = this.#room;
    const username = this.#whom(name);
    switch (name) {
      case "create":
        return {
          type: "create",
          conversation: dice.of([conversation, `#new${dice.between(1, 3)}`]),
          ...this.#look(),
        };
      case "join":
      case "leave":
        return { type: name, conversation };
      case "invite":
      case "kick":
        return { type: name, conversation, username };
      case "ban":
      case "unban":
        return { type: "ban", conversation, username, on: name === "ban" };
      case "role":
        return {
          type: "role",
          conversation,
          username,
          role: dice.of<Role>(["owner", "moderator", "member"]),
        };
      case "topic":
        return { type: "topic", conversation, topic: `topic ${dice.between(1, 9)}` };
      case "history":
        return { type: "history", conversation, history: this.#history() };
      case "archive":
        return { type: "archive", conversation, on: dice.percent(20) };
    }
  }

  #question(device: Device): Asking {
    const dice = this.#dice;
    const conversation = this.#anywhere(device);
    const message_seq = this.#target(device, conversation, false) as number;
    const after = dice.between(0, this.#knowledge.head(keyOf(device), conversation));
    const question = dice.weighted({
      ...{ newest: 3, after: 2, before: 2, around: 2, log: 4, thread: 1, pins: 1, search: 2, reactions: 1 },
      ...{ members: 2, receipts: 1, conversations: 2, users: 1, rooms: 1, blocks: 1, whois: 1, help: 1 },
    });
    switch (question) {
      case "newest":
        return { type: "history", conversation };
      case "before":
      case "after":
      case "around":
        return { type: "history", conversation, [question]: after };
      case "log":
        return { type: "log", conversation, after };
      case "thread":
      case "reactions":
        return { type: question, conversation, message_seq: Math.max(1, message_seq) };
      case "pins":
      case "receipts":
        return { type: question, conversation };
      case "members":
        return { type: "members", conversation, which: dice.of(["members", "members", "invited", "banned"]) };
      case "search":
        return {
          type: "search",
          query: dice.of(["text", "text from:alice", "in:everyone text", "mentions:me"]),
        };
      case "whois":
        return { type: "whois", username: this.#person() };
      case "conversations":
      case "users":
      case "rooms":
      case "blocks":
      case "help":
        return { type: question };
    }
  }

  #lookAround(device: Device): void {
    if (device.kind !== "core") return;
    const core = device as CoreDevice;
    const conversation = this.#anywhere(device);
    const head = this.#knowledge.head(keyOf(device), conversation);
    const how = this.#dice.weighted({ show: 3, jump: 1, hide: 1, start: 2, holeAbove: 1, holeBelow: 1 });
    if (how === "jump") core.looks(conversation, "show", this.#dice.between(1, Math.max(1, head)));
    else core.looks(conversation, how);
  }

  /** A message that is there: mostly a late one, and one's own if need be; at times one that is not. */
  #target(device: Device, conversation: string, own: boolean): number | string {
    const dice = this.#dice;
    if (device.kind === "core" && own && dice.percent(10)) return (device as CoreDevice).lastNonce;
    const said = this.#knowledge.said(keyOf(device), conversation);
    const possible = own && dice.percent(85) ? said.filter(({ author }) => author === keyOf(device)) : said;
    if (possible.length === 0 || dice.percent(4)) return dice.between(1, 9);
    const latest = possible.slice(-6);
    return dice.of(dice.percent(80) ? latest : possible).seq;
  }

  #text(device: Device): string {
    this.#texts += 1;
    const call = this.#dice.percent(12) ? ` @${this.#dice.of([...this.#people, "everyone"])}` : "";
    const long = this.#dice.percent(15) ? this.#dice.between(1, this.#kind.longest) : 0;
    return `text ${this.#texts} of ${device.name}${call}${" and so on".repeat(Math.ceil(long / 10))}`;
  }

  #look(): { visibility: "public" | "private"; history: HistorySetting } {
    return { visibility: this.#dice.percent(75) ? "public" : "private", history: this.#history() };
  }

  #history(): HistorySetting {
    return this.#dice.percent(50) ? "all" : "since_join";
  }

  /** A conversation in which something was said, if there is one; if need be by themselves. */
  #told(device: Device, own: boolean): string {
    const places = [
      "everyone",
      ...this.#people.map((person) => `@${person.toLowerCase()}`),
      this.#room.toLowerCase(),
    ];
    const told = places.filter((place) =>
      this.#knowledge.said(keyOf(device), place).some(({ author }) => !own || author === keyOf(device)),
    );
    return told.length === 0 ? this.#anywhere(device) : this.#dice.of(told);
  }

  #anywhere(device: Device): string {
    const where = this.#dice.weighted({ everyone: 4, private: 3, room: this.#rooms.length === 0 ? 0 : 5 });
    if (where === "everyone") return "everyone";
    if (where === "private") return this.#somebody();
    const room = this.#room.toLowerCase();
    const isIn = this.#knowledge.role(keyOf(device), room) !== undefined;
    return isIn || this.#dice.percent(10) ? room : "everyone";
  }

  /** Plain members, mostly, for what is done to those; others for what is done to others. */
  #whom(name: DeedName): string {
    const wanted = name === "kick" || name === "role" || name === "ban" ? "member" : undefined;
    const fit = this.#people.filter(
      (person) => this.#knowledge.role(person.toLowerCase(), this.#room) === wanted,
    );
    return fit.length > 0 && this.#dice.percent(85) ? this.#dice.of(fit) : this.#person();
  }

  #person(): string {
    return this.#dice.percent(2) ? "nobody" : this.#dice.of(this.#people);
  }

  #somebody(): string {
    return `@${this.#person().toLowerCase()}`;
  }
}

export function keyOf(device: Device): string {
  return device.owner.username.toLowerCase();
}
