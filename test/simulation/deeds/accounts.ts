// What people do with the logins of their accounts, where there are some.

import type { Device } from "../devices/device.ts";
import type { RawDevice } from "../devices/raw-device.ts";
import type { Dice } from "../drawn/dice.ts";
import type { Town } from "../town.ts";

/** What they do, and how often beside each other. */
export const accountWeights = { refresh: 3, sessions: 3, end_session: 4 } as const;

/** Of a hundred deeds so many are these. */
const often = 8;

export class Accounts {
  readonly #dice: Dice;
  readonly #town: Town;

  constructor(dice: Dice, town: Town) {
    this.#dice = dice;
    this.#town = town;
  }

  /** Somebody may do something with a login; what it was, if they have. */
  act(): string | undefined {
    const { kind, devices } = this.#town;
    if (kind.gate === undefined || !this.#dice.percent(often)) return undefined;
    const online = devices.filter((device) => device.isOnline && isRaw(device));
    if (online.length === 0) return undefined;
    const name = this.#dice.weighted(accountWeights);
    (this.#dice.of(online) as RawDevice).minds(name);
    return `account ${name}`;
  }
}

/** The client core minds its login by itself. */
function isRaw({ kind }: Device): boolean {
  return kind === "events";
}
