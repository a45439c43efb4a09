// What those do who look after the house and its rooms: admins at their devices, moderators, and somebody at
// the shell of the server. The first admin is made there, and another where an older backup has none.

import type { HouseOrder, KeptRecord, NameKey, Role } from "chat-hub";
import type { Device, Doing } from "../devices/device.ts";
import { isKept } from "../devices/device.ts";
import type { Dice } from "../drawn/dice.ts";
import type { OrderName } from "../drawn/kind.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Town } from "../town.ts";
import { keyOf } from "./aims.ts";

/** Of a hundred orders for the house so many are given at the shell. */
const atShell = 30;
/** In calm the shell is tried again after so long. */
const againMs = 5_000;

export class Orders {
  readonly #dice: Dice;
  readonly #town: Town;
  readonly #knowledge: Knowledge;
  readonly #people: readonly string[];
  readonly #rooms: readonly string[];
  #announced = 0;
  #calmedAt = Number.NEGATIVE_INFINITY;

  constructor(
    dice: Dice,
    town: Town,
    knowledge: Knowledge,
    people: readonly string[],
    rooms: readonly string[],
  ) {
    this.#dice = dice;
    this.#town = town;
    this.#knowledge = knowledge;
    this.#people = people;
    this.#rooms = rooms;
  }

  /** Somebody may have something done; what it was, if they have. */
  act(): string | undefined {
    const { order } = this.#town.kind;
    if (order === undefined || !this.#dice.percent(order.often)) return undefined;
    const records = this.#town.disk.minded();
    let name = this.#dice.weighted(order.weights);
    if (!records.some(({ kind }) => kind === "admin")) name = "appoint";
    else if (isReadOnly(records) && this.#dice.percent(30)) name = "readOnly";
    this.#carryOut(name, records);
    return `order ${name}`;
  }

  /** Everybody may write again, or nothing would come to rest. */
  calm(): void {
    const { clock, disk, house, kind } = this.#town;
    if (kind.order === undefined || clock.at < this.#calmedAt + againMs || !isReadOnly(disk.minded())) return;
    this.#calmedAt = clock.at;
    house?.order({ type: "readOnly", on: false, reason: "" });
  }

  #carryOut(name: OrderName, records: readonly KeptRecord[]): void {
    const dice = this.#dice;
    const username = dice.of(this.#people);
    const who = username.toLowerCase() as NameKey;
    switch (name) {
      case "appoint":
        return this.#town.house?.order({ type: "role", who: this.#kept(), role: "admin" });
      case "readAudit":
        return this.#admin(records)?.asks({ type: dice.percent(80) ? "audit" : "stats" });
      case "silenceInRoom":
        return this.#inRoom((conversation) => ({
          type: "silence",
          conversation,
          username: this.#member(conversation),
          ...this.#silence(),
        }));
      case "slowRoom":
        return this.#inRoom((conversation) => ({ type: "slow", conversation, seconds: this.#seconds() }));
      case "silence": {
        const silence = this.#silence();
        const order = { type: "silence", who, reason: "so", ...silence } as const;
        return this.#inHouse(
          records,
          { type: "silence", conversation: "everyone", username, ...silence },
          order,
        );
      }
      case "slow": {
        const seconds = this.#seconds();
        const deed = { type: "slow", conversation: "everyone", seconds } as const;
        return this.#inHouse(records, deed, { type: "slow", seconds });
      }
      case "readOnly": {
        const order = { type: "readOnly", on: !isReadOnly(records), reason: dice.of(["", "so"]) } as const;
        return this.#inHouse(records, order, order);
      }
      case "announce": {
        this.#announced += 1;
        const order = { type: "announce", message: `announcement ${this.#announced}` } as const;
        return this.#inHouse(records, order, order);
      }
      case "putOut": {
        const deed = { type: "kick", conversation: "everyone", username } as const;
        return this.#inHouse(records, deed, { type: "kick", who, reason: "so" });
      }
      case "keepOut": {
        const forSeconds = this.#term();
        const address = dice.percent(40) ? true : undefined;
        const deed = {
          type: "ban",
          conversation: "everyone",
          username,
          on: true,
          forSeconds,
          address,
        } as const;
        return this.#inHouse(records, deed, { type: "ban", who, address, forSeconds, reason: "so" });
      }
      case "letBackIn": {
        const banned = namesIn(records, "ban");
        const back = banned.length === 0 ? username : dice.of(banned);
        const deed = { type: "ban", conversation: "everyone", username: back, on: false } as const;
        const key = back.toLowerCase() as NameKey;
        return this.#inHouse(records, deed, { type: "unban", who: key, address: undefined });
      }
    }
  }

  /** By an admin who is there, or at the shell; at times by somebody who may not. */
  #inHouse(records: readonly KeptRecord[], deed: Doing, order: HouseOrder): void {
    const device = this.#dice.percent(10) ? this.#anybody() : this.#admin(records);
    if (device === undefined || this.#dice.percent(atShell)) this.#town.house?.order(order);
    else device.does(deed);
  }

  #inRoom(deed: (conversation: string) => Doing): void {
    const room = this.#rooms.length === 0 ? "#dev" : this.#dice.of(this.#rooms);
    const looksAfter = (device: Device): boolean => {
      const role: Role | undefined = this.#knowledge.role(keyOf(device), room);
      return role === "owner" || role === "moderator";
    };
    const device = this.#anybody(this.#dice.percent(85) ? looksAfter : () => true);
    device?.does(deed(room.toLowerCase()));
  }

  #admin(records: readonly KeptRecord[]): Device | undefined {
    const admins = new Set(namesIn(records, "admin"));
    return this.#anybody(({ owner, isOnline }) => isOnline && admins.has(owner.username));
  }

  #anybody(is: (device: Device) => boolean = () => true): Device | undefined {
    const fit = this.#town.devices.filter(
      (device) =>
        device.isRunning && device.kind !== "simple" && !device.name.endsWith("/rival") && is(device),
    );
    return fit.length === 0 ? undefined : this.#dice.of(fit);
  }

  /** Somebody whose name is kept, if there is anybody. */
  #kept(): NameKey {
    const kept = this.#town.devices.filter(({ owner }) => isKept(owner));
    const { username } =
      kept.length === 0 ? { username: this.#dice.of(this.#people) } : this.#dice.of(kept).owner;
    return username.toLowerCase() as NameKey;
  }

  #member(room: string): string {
    const members = this.#people.filter((one) => this.#knowledge.role(one.toLowerCase(), room) === "member");
    return this.#dice.of(members.length > 0 && this.#dice.percent(85) ? members : this.#people);
  }

  #silence(): { readonly on: boolean; readonly forSeconds: number | undefined } {
    const on = this.#dice.percent(60);
    return { on, forSeconds: on ? this.#term() : undefined };
  }

  /** For a while that ends in this world, or for good. */
  #term(): number | undefined {
    return this.#dice.of([undefined, 1, 5, 30, 300]);
  }

  #seconds(): number {
    return this.#dice.of([0, 1, 2, 5]);
  }
}

function isReadOnly(records: readonly KeptRecord[]): boolean {
  return records.some(({ kind, key }) => kind === "switch" && key === "read_only");
}

/** Whom records of this kind are about, as they spell their names. */
function namesIn(records: readonly KeptRecord[], wanted: KeptRecord["kind"]): readonly string[] {
  return records.flatMap(({ kind, value }) => {
    if (kind !== wanted) return [];
    const { username } = JSON.parse(value) as { readonly username: string };
    return username === "" ? [] : [username];
  });
}
