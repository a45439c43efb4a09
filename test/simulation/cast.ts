// The people of a world and their programs, as the seed has them.

import type { CoreOptions } from "./devices/core-device.ts";
import { CoreDevice } from "./devices/core-device.ts";
import type { Device, DeviceKind, Ground, Owner } from "./devices/device.ts";
import type { RawOptions } from "./devices/raw-device.ts";
import { RawDevice } from "./devices/raw-device.ts";
import { eventsTongue, simpleTongue } from "./devices/tongue.ts";
import type { Dice } from "./drawn/dice.ts";
import type { Kind } from "./drawn/kind.ts";

const names = ["alice", "Bob", "carol", "Dörte"];
/** They look like alice, Bob and carol. */
const twins = ["aIice", "B0b", "caro1"];
const rooms = ["#Dev", "#ops"];

export class Cast {
  readonly devices: Device[] = [];
  readonly #dice: Dice;
  readonly #kind: Kind;
  readonly #ground: (name: string) => Ground;

  constructor(dice: Dice, kind: Kind, ground: (name: string) => Ground) {
    this.#dice = dice;
    this.#kind = kind;
    this.#ground = ground;
    for (const username of peopleOf(kind)) this.#add(username);
    // Drawn last: who comes by another's looks.
    if (kind.twins) for (const username of twins) this.#add(username);
  }

  #add(username: string): void {
    const dice = this.#dice;
    const token = dice.percent(this.#kind.tokens) ? tokenOf(username, "own") : undefined;
    const owner = this.#owner(username, token, "own");
    // Without a token the name is one connection's.
    const many = token === undefined ? 1 : dice.weighted({ "1": 5, "2": 4, "3": 1 });
    for (let count = 1; count <= Number(many); count += 1)
      this.#device(`${username}/${count}`, owner, dice.weighted({ core: 5, events: 3, simple: 2 }));
    if (this.#kind.faults.rival > 0 && dice.percent(40)) {
      const other = dice.percent(50) ? tokenOf(username, "rival") : undefined;
      const rival = this.#owner(username, other, "rival");
      this.#device(`${username}/rival`, rival, dice.weighted({ core: 1, events: 1, simple: 1 }));
    }
  }

  /** Where there are accounts a rival has the wrong password. */
  #owner(username: string, token: string | undefined, whose: string): Owner {
    if (this.#kind.gate === undefined) return { username, token };
    return { username, token: undefined, password: `a long password, the ${whose} one of ${username}` };
  }

  #device(name: string, owner: Owner, kind: DeviceKind): void {
    this.devices.push(this.#program(name, owner, kind));
  }

  #program(name: string, owner: Owner, kind: DeviceKind): Device {
    const ground = this.#ground(name);
    if (kind === "core") return new CoreDevice(name, owner, ground, this.#coreOptions());
    const tongue = kind === "events" ? eventsTongue : simpleTongue;
    return new RawDevice(name, owner, ground, tongue, this.#rawOptions());
  }

  /** It asks for no longer pages than this server gives. */
  #coreOptions(): CoreOptions {
    const { viewPageRows, limits } = this.#kind;
    const { pageRows } = limits;
    return {
      receipts: this.#dice.percent(60),
      limits: {
        viewPageRows: Math.min(viewPageRows, pageRows),
        longestPageRows: pageRows,
        people: pageRows,
        pageRows,
        backoffCapMs: 4_000,
      },
    };
  }

  #rawOptions(): RawOptions {
    const dice = this.#dice;
    return {
      nonces: dice.of([100, 80, 30]),
      ids: dice.of([100, 70]),
      since: dice.weighted({ cursors: 6, unread: 2, nothing: 2 }),
      frameLogin: dice.percent(50),
      rooms: this.#kind.rooms > 0 && dice.percent(30) ? "dev" : undefined,
      receipts: dice.percent(50),
      wrong: dice.percent(15) ? dice.of(["name", "since", "tooEarly"]) : undefined,
    };
  }
}

export function peopleOf({ people }: Kind): readonly string[] {
  return names.slice(0, people);
}

export function roomsOf(kind: Kind): readonly string[] {
  return rooms.slice(0, kind.rooms);
}

function tokenOf(username: string, whose: string): string {
  return `the-${whose}-secret-of-${username.length}-${username.replace(/[^a-z]/gi, "o")}`;
}
