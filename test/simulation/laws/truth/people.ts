// Who held which name, by the store's answers: a name that is taken over is another person's.

import type { Identified, Identify } from "chat-hub";
import { LawBroken } from "../../observed.ts";

export interface Person {
  readonly id: number;
  readonly name: string;
  readonly key: string;
  /** Which holder of the name they are, from 1. */
  readonly holder: number;
  /** The first seq of everyone that they may see. */
  readonly everyoneFrom: number;
  kept: boolean;
  status: string;
  reading: string;
  readonly blocked: Set<number>;
}

export class People {
  readonly #byId = new Map<number, Person>();
  readonly #holders = new Map<string, Person[]>();
  readonly #keys = new Map<string, string>();
  readonly #byToken = new Map<string, Person>();
  readonly #byAccount = new Map<string, Person>();

  get(id: number): Person | undefined {
    return this.#byId.get(id);
  }

  /** All who ever held a name, in order. */
  holders(key: string): readonly Person[] {
    return this.#holders.get(key) ?? [];
  }

  /** The key of a name, in whichever spelling somebody came with. */
  keyOf(username: string): string {
    return this.#keys.get(username) ?? username.toLowerCase();
  }

  /** Who logged in last with this name, as it was spelled, and this token; an account is one person's. */
  cameAs(username: string, token: string | undefined): Person | undefined {
    const key = this.keyOf(username);
    return this.#byAccount.get(key) ?? this.#byToken.get(`${this.keyOf(username)} ${token}`);
  }

  identified({ key, name, token, account }: Identify, answer: Identified): Person {
    const person = answer.fresh ? this.#born(key, answer) : this.#byId.get(answer.user);
    if (person === undefined)
      throw new LawBroken("L2", `the store knows user ${answer.user} (${name}), who was never born`);
    person.kept = answer.kept;
    this.#keys.set(name, key).set(answer.name, key);
    if (account !== undefined) this.#byAccount.set(account, person);
    this.#byToken.set(`${key} ${token}`, person);
    return person;
  }

  #born(key: string, { user, name, everyoneFrom, kept }: Identified): Person {
    const holders = this.#holders.get(key) ?? [];
    const person: Person = {
      id: user,
      name,
      key,
      holder: holders.length + 1,
      everyoneFrom,
      kept,
      status: "online",
      reading: "shared",
      blocked: new Set(),
    };
    if (this.#byId.has(user)) throw new LawBroken("L2", `user ${user} was born twice, now as ${name}`);
    this.#byId.set(user, person);
    this.#holders.set(key, holders);
    holders.push(person);
    return person;
  }
}
