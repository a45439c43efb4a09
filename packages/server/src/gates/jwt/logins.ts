// The logins that this process has seen and that are still good: what can be listed and ended. A signed token
// is good wherever it is shown, and nobody but its issuer knows how many there are.

import type { WallMillis } from "chat-hub";
import { rememberedLogins } from "./limits.js";
import type { Person } from "./person.js";

interface Seen {
  readonly account: string;
  readonly since: WallMillis;
  readonly until: WallMillis;
  readonly ended: boolean;
}

export class SeenLogins {
  readonly #most: number;
  /** The one seen longest ago first. */
  readonly #seen = new Map<string, Seen>();

  constructor(most = rememberedLogins) {
    this.#most = most;
  }

  saw({ login, account, issuedAt, until }: Person, at: WallMillis): void {
    this.#seen.delete(login);
    if (this.#seen.size >= this.#most) this.#makeRoom(at);
    this.#seen.set(login, { account, since: issuedAt, until, ended: false });
  }

  /** When it ends by itself; `undefined` = this account has no such login, or it has ended. */
  until(account: string, login: string, at: WallMillis): WallMillis | undefined {
    const seen = this.#seen.get(login);
    return seen !== undefined && seen.account === account && isGood(seen, at) ? seen.until : undefined;
  }

  /** Ended from now on, before the store has it. */
  end(login: string, ended: boolean): void {
    const seen = this.#seen.get(login);
    if (seen !== undefined) this.#seen.set(login, { ...seen, ended });
  }

  hasEnded(login: string): boolean {
    return this.#seen.get(login)?.ended === true;
  }

  of(account: string, at: WallMillis): { login: string; since: WallMillis; until: WallMillis }[] {
    return [...this.#seen].flatMap(([login, seen]) =>
      seen.account === account && isGood(seen, at) ? [{ login, since: seen.since, until: seen.until }] : [],
    );
  }

  #makeRoom(at: WallMillis): void {
    for (const [login, { until }] of this.#seen) if (until <= at) this.#seen.delete(login);
    // A quarter at a time: looking through all of them for each that comes would take too long.
    let excess = this.#seen.size >= this.#most ? Math.ceil(this.#most / 4) : 0;
    for (const login of this.#seen.keys()) {
      if (excess-- <= 0) break;
      this.#seen.delete(login);
    }
  }
}

function isGood({ ended, until }: Seen, at: WallMillis): boolean {
  return !ended && until > at;
}
