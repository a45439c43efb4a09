// One connection through the proxy: two lanes that begin and end together. What is done to it here is
// what a network does; nobody at its ends has any part in it.

import type { Socket } from "node:net";
import type { Chance } from "../../support/chance.ts";
import type { Conditions } from "./conditions.ts";
import { Lane } from "./lane.ts";

export class Link {
  /** Counted from 1, in the order in which they were opened. */
  readonly number: number;
  /** From the client to the server, and back. */
  readonly up: Lane;
  readonly down: Lane;
  readonly #sockets: readonly [client: Socket, server: Socket];
  #comesBack: NodeJS.Timeout | undefined;

  /** `ended` is called once both of its sockets are closed. */
  constructor(number: number, client: Socket, server: Socket, chance: Chance, ended: () => void) {
    this.number = number;
    this.#sockets = [client, server];
    for (const socket of this.#sockets) {
      socket.setNoDelay(true);
      // What it means is known from its `close`, which always follows.
      socket.on("error", () => {});
      socket.on("close", () => this.#sockets.every(({ closed }) => closed) && ended());
    }
    const lost = (): void => this.breaks();
    this.up = new Lane(client, server, chance, lost);
    this.down = new Lane(server, client, chance, lost);
  }

  sets(conditions: Partial<Conditions>): void {
    this.up.sets(conditions);
    this.down.sets(conditions);
  }

  /** Both sides get a RST, and what was under way is lost. */
  breaks(): void {
    clearTimeout(this.#comesBack);
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /**
   * A black hole: nothing gets through, no goodbye and no RST either, for so long or until `comesBack`.
   * What was under way gets through afterwards, as TCP sends again what was not confirmed.
   */
  goesDark(forMs?: number): void {
    clearTimeout(this.#comesBack);
    this.up.stops();
    this.down.stops();
    if (forMs !== undefined) this.#comesBack = setTimeout(() => this.comesBack(), forMs);
  }

  comesBack(): void {
    clearTimeout(this.#comesBack);
    this.up.goesOn();
    this.down.goesOn();
  }
}
