// Orders from the shell that the hub has not answered yet.

import type { Outcome } from "chat-hub";

export class Orders {
  readonly #waiting = new Map<number, (outcome: Outcome) => void>();
  #last = 0;

  /** `give` hands it to the hub, by the number that its report will have. */
  order(give: (order: number) => void): Promise<Outcome> {
    this.#last += 1;
    const order = this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(order, resolve);
      give(order);
    });
  }

  reported(order: number, outcome: Outcome): void {
    this.#waiting.get(order)?.(outcome);
    this.#waiting.delete(order);
  }
}
