// Who looks like whom, in memory: those who can hold a name, by its skeleton. Nearly everybody stands alone,
// and then there is no list of one.

import type { NameKey } from "chat-hub";
import type { User } from "./people.js";

export class Looks {
  readonly #users = new Map<string, User | readonly User[]>();

  add(user: User): void {
    this.#set(user.skeleton, [...this.#of(user.skeleton), user]);
  }

  delete(user: User): void {
    this.#set(
      user.skeleton,
      this.#of(user.skeleton).filter((each) => each !== user),
    );
  }

  /** Somebody of another name who looks so, of those that `holds` is true of. */
  like(skeleton: string, key: NameKey, holds: (user: User) => boolean): User | undefined {
    return this.#of(skeleton).find((user) => user.held.key !== key && holds(user));
  }

  #of(skeleton: string): readonly User[] {
    return [this.#users.get(skeleton) ?? []].flat();
  }

  #set(skeleton: string, users: readonly User[]): void {
    const [first] = users;
    if (first === undefined) this.#users.delete(skeleton);
    else this.#users.set(skeleton, users.length === 1 ? first : users);
  }
}
