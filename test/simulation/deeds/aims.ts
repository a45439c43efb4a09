// Where deeds are aimed: at whom, at which message, in which conversation; mostly so that they can succeed.

import type { CoreDevice } from "../devices/core-device.ts";
import type { Device } from "../devices/device.ts";
import type { Dice } from "../drawn/dice.ts";
import type { DeedName, Kind } from "../drawn/kind.ts";
import type { Knowledge } from "../knowledge.ts";

export class Aims {
  readonly #dice: Dice;
  readonly #kind: Kind;
  readonly #knowledge: Knowledge;
  /** Usernames of all people of this world; the rooms that they speak of. */
  readonly #people: readonly string[];
  readonly #rooms: readonly string[];
  /** The room that a deed is about, if it is about one. */
  room = "#dev";
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

  drawRoom(): void {
    this.room = this.#rooms.length === 0 ? "#dev" : this.#dice.of(this.#rooms);
  }

  /** A message that is there: mostly a late one, and one's own if need be; at times one that is not. */
  target(device: Device, conversation: string, own: boolean): number | string {
    const dice = this.#dice;
    if (device.kind === "core" && own && dice.percent(10)) return (device as CoreDevice).lastNonce;
    const said = this.#knowledge.said(keyOf(device), conversation);
    const possible = own && dice.percent(85) ? said.filter(({ author }) => author === keyOf(device)) : said;
    if (possible.length === 0 || dice.percent(4)) return dice.between(1, 9);
    const latest = possible.slice(-6);
    return dice.of(dice.percent(80) ? latest : possible).seq;
  }

  text(device: Device): string {
    this.#texts += 1;
    const call = this.#dice.percent(12) ? ` @${this.#dice.of([...this.#people, "everyone"])}` : "";
    const long = this.#dice.percent(15) ? this.#dice.between(1, this.#kind.longest) : 0;
    return `text ${this.#texts} of ${device.name}${call}${" and so on".repeat(Math.ceil(long / 10))}`;
  }

  /** A conversation in which something was said, if there is one; if need be by themselves. */
  told(device: Device, own: boolean): string {
    const places = [
      "everyone",
      ...this.#people.map((person) => `@${person.toLowerCase()}`),
      this.room.toLowerCase(),
    ];
    const told = places.filter((place) =>
      this.#knowledge.said(keyOf(device), place).some(({ author }) => !own || author === keyOf(device)),
    );
    return told.length === 0 ? this.anywhere(device) : this.#dice.of(told);
  }

  anywhere(device: Device): string {
    const where = this.#dice.weighted({ everyone: 4, private: 3, room: this.#rooms.length === 0 ? 0 : 5 });
    if (where === "everyone") return "everyone";
    if (where === "private") return this.somebody();
    const room = this.room.toLowerCase();
    const isIn = this.#knowledge.role(keyOf(device), room) !== undefined;
    return isIn || this.#dice.percent(10) ? room : "everyone";
  }

  /** Plain members, mostly, for what is done to those; others for what is done to others. */
  whom(name: DeedName): string {
    const wanted = name === "kick" || name === "role" || name === "ban" ? "member" : undefined;
    const fit = this.#people.filter(
      (person) => this.#knowledge.role(person.toLowerCase(), this.room) === wanted,
    );
    return fit.length > 0 && this.#dice.percent(85) ? this.#dice.of(fit) : this.person();
  }

  person(): string {
    return this.#dice.percent(2) ? "nobody" : this.#dice.of(this.#people);
  }

  somebody(): string {
    return `@${this.person().toLowerCase()}`;
  }
}

export function keyOf(device: Device): string {
  return device.owner.username.toLowerCase();
}
