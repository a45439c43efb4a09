// What people do: who, what, where, drawn so that much of it can succeed, much of it races with
// something else, and some of it must be refused.

import type { Deed, HistorySetting, Role, Status } from "chat-hub";
import type { CoreDevice } from "../devices/core-device.ts";
import type { Device } from "../devices/device.ts";
import { isKept } from "../devices/device.ts";
import type { RawDevice } from "../devices/raw-device.ts";
import type { Dice } from "../drawn/dice.ts";
import type { DeedName, Kind } from "../drawn/kind.ts";
import type { Knowledge } from "../knowledge.ts";
import { Aims, keyOf } from "./aims.ts";
import { questionOf } from "./questions.ts";

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
  /** The rooms that they speak of. */
  readonly #rooms: readonly string[];
  readonly #aims: Aims;

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
    this.#rooms = rooms;
    this.#aims = new Aims(dice, kind, knowledge, people, rooms);
  }

  /** Somebody does something; `undefined` if nobody can. */
  act(devices: readonly Device[]): DeedName | undefined {
    const running = devices.filter((device) => device.isRunning);
    if (running.length === 0) return undefined;
    let name = this.#dice.weighted(this.#kind.deeds);
    this.#aims.drawRoom();
    if (inRooms.has(name) && !this.#knowledge.exists(this.#aims.room) && this.#dice.percent(60))
      name = "create";
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
    const role = this.#knowledge.role(keyOf(device), this.#aims.room);
    const { kind, owner } = device;
    if (name === "create") return isKept(owner) && kind !== "simple";
    if (name === "join") return role === undefined && kind !== "simple";
    if (ofModerators.has(name)) return role !== undefined && role !== "member" && kind !== "simple";
    return !inRooms.has(name) || role !== undefined;
  }

  /** The first of all: somebody makes the rooms, and the others go there. */
  prepare(devices: readonly Device[]): void {
    const maker = devices.find((device) => isKept(device.owner) && device.kind !== "simple");
    for (const conversation of this.#rooms)
      maker?.does({ type: "create", conversation, visibility: "public", history: this.#history() });
  }

  #carryOut(device: Device, name: DeedName): void {
    switch (name) {
      case "type":
        return device.types(this.#aims.anywhere(device), this.#dice.percent(70));
      case "read": {
        const conversation = this.#aims.anywhere(device);
        const head = this.#knowledge.head(keyOf(device), conversation);
        return device.reads(conversation, Math.max(1, head - this.#dice.between(0, 3)));
      }
      case "ask":
        return device.asks(questionOf(device, this.#dice, this.#aims, this.#knowledge));
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
        return { type: "message", conversation: this.#aims.somebody(), message: this.#aims.text(device) };
      case "sayInRoom":
        return { type: "message", conversation: this.#aims.room, message: this.#aims.text(device) };
      case "reply": {
        const conversation = this.#aims.told(device, false);
        const replyTo = this.#aims.target(device, conversation, false);
        return { type: "message", conversation, message: this.#aims.text(device), replyTo };
      }
      case "edit": {
        const conversation = this.#aims.told(device, true);
        const target = this.#aims.target(device, conversation, true);
        return { type: "edit", conversation, target, message: this.#aims.text(device) };
      }
      case "delete": {
        const conversation = this.#aims.told(device, true);
        return {
          type: "deletion",
          conversation,
          target: this.#aims.target(device, conversation, dice.percent(80)),
        };
      }
      case "react": {
        const conversation = this.#aims.told(device, false);
        const target = this.#aims.target(device, conversation, false);
        return { type: "reaction", conversation, target, emoji: dice.of(emojis), on: dice.percent(70) };
      }
      case "pin": {
        const conversation = this.#aims.told(device, false);
        const target = this.#aims.target(device, conversation, false);
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
        return { type: "block", username: this.#aims.person(), on: dice.percent(50) };
      case "mute":
        return { type: "mute", conversation: this.#aims.anywhere(device), on: dice.percent(50) };
      default:
        return this.#roomDeed(name);
    }
  }

  #say(device: Device): Deed {
    return { type: "message", conversation: "everyone", message: this.#aims.text(device) };
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
    const conversation = this.#aims.room;
    const username = this.#aims.whom(name);
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

  #lookAround(device: Device): void {
    if (device.kind !== "core") return;
    const core = device as CoreDevice;
    const conversation = this.#aims.anywhere(device);
    const head = this.#knowledge.head(keyOf(device), conversation);
    const how = this.#dice.weighted({ show: 3, jump: 1, hide: 1, start: 2, holeAbove: 1, holeBelow: 1 });
    if (how === "jump") core.looks(conversation, "show", this.#dice.between(1, Math.max(1, head)));
    else core.looks(conversation, how);
  }

  #look(): { visibility: "public" | "private"; history: HistorySetting } {
    return { visibility: this.#dice.percent(75) ? "public" : "private", history: this.#history() };
  }

  #history(): HistorySetting {
    return this.#dice.percent(50) ? "all" : "since_join";
  }
}
