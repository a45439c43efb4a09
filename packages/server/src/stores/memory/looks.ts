// Who looks like whom, in memory: those who can hold a name, by its skeleton. Nearly everybody stands alone.

import type { NameKey } from "chat-hub";
import type { User } from "./people.js";

export class Looks {
  readonly #users = new Map<string, readonly User[]>();

  add(user: User): void {
    this.#users.set(user.skeleton, [...(this.#users.get(user.skeleton) ?? []), user]);
  }

  delete(user: User): void {
    const others = this.#users.get(user.skeleton)?.filter((each) => each !== user) ?? [];
    if (others.length === 0) this.#users.delete(user.skeleton);
    else this.#users.set(user.skeleton, others);
  }

  /** Somebody of another name who looks so, of those that `holds` is true of. */
  like(skeleton: string, key: NameKey, holds: (user: User) => boolean): User | undefined {
    return this.#users.get(skeleton)?.find((user) => user.held.key !== key && holds(user));
  }
}
