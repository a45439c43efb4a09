// The gate for tokens that somebody else signs (`--auth jwt`). It keeps no accounts: who somebody is, what they
// are called and for how long is in the token. A token counts if it is whole, signed by a key that was named, with
// an algorithm of that key, by the issuer, for this audience, in its time, and not revoked. Whoever fails in any of
// it is told the same; only whoever runs the server reads why, and never with the token.

import type {
  Gate,
  GateAnswer,
  GateCall,
  GateCalls,
  ListLogins,
  Refresh,
  StoreRefusal,
  Verified,
  Verify,
  WallMillis,
} from "chat-hub";
import { errors, jwtVerify } from "jose";
import type { JwtChoice } from "./jwt/choice.js";
import type { Keys } from "./jwt/keys.js";
import { openKeys } from "./jwt/keys.js";
import { tokensAtOnce } from "./jwt/limits.js";
import { ShownLogins } from "./jwt/logins.js";
import type { Person } from "./jwt/person.js";
import { readPerson } from "./jwt/person.js";
import { Refusals } from "./jwt/refusals.js";
import { revokedUntil } from "./jwt/revocations.js";
import { readToken } from "./jwt/token.js";
import type { OpenOptions } from "./open.js";

/** @throws GateError, with one line for people, if a key can't be had from its file */
export function openJwtGate<Ask>(choice: JwtChoice, options: OpenOptions<Ask>): Gate<Ask> {
  return new SignedTokens(choice, options, openKeys(choice.keys, options));
}

type Judged = GateCalls["verify"]["answer"];
type NotLetIn = Exclude<Judged, Verified>;

const notLetIn = { ok: false, code: "not_let_in" } as const;

class SignedTokens<Ask> implements Gate<Ask> {
  readonly mode = "jwt";
  readonly #choice: JwtChoice;
  readonly #options: OpenOptions<Ask>;
  readonly #keys: Keys;
  readonly #logins: ShownLogins;
  readonly #refusals: Refusals;
  /** What is not answered yet. */
  readonly #open = new Set<Promise<void>>();

  constructor(choice: JwtChoice, options: OpenOptions<Ask>, keys: Keys) {
    this.#choice = choice;
    this.#options = options;
    this.#keys = keys;
    this.#logins = new ShownLogins(options.records);
    this.#refusals = new Refusals(options.warn ?? (() => {}));
  }

  ask(ask: Ask, call: GateCall): void {
    const answered = this.#answer(call)
      .catch((error: unknown) => this.#failed(error))
      .then((answer) => {
        this.#open.delete(answered);
        this.#options.answer(ask, answer);
      });
    this.#open.add(answered);
  }

  async close(): Promise<void> {
    this.#keys.close();
    await Promise.allSettled(this.#open);
  }

  async #answer(call: GateCall): Promise<GateAnswer> {
    switch (call.type) {
      case "verify":
        return this.#verify(call);
      case "refresh":
        return this.#refresh(call);
      case "logins":
        return this.#list(call);
      case "endLogin":
        return this.#logins.end(call);
      // Accounts and their passwords are the issuer's.
      case "register":
        return { ok: false, code: "registration_closed" };
      case "setPassword":
        return notLetIn;
    }
  }

  /** Which name they said is the hub's to judge: an account keeps its first one, whatever its tokens call it. */
  async #verify({ proof, at }: Verify): Promise<Judged> {
    if (proof.kind === "password") return this.#refuse("a password was shown, which is no token", at);
    const judged = await this.#judge(proof.token, at);
    if (!("person" in judged)) return judged;
    return this.#letIn(judged.person, at);
  }

  async #refresh({ account, login, proof, at }: Refresh): Promise<Judged> {
    if (proof?.kind !== "token") return this.#refuse("a login was to go on without a newer token", at);
    const judged = await this.#judge(proof.token, at);
    if (!("person" in judged)) return judged;
    const { person } = judged;
    if (person.account !== account)
      return this.#refuse("a login was to go on with somebody else's token", at);
    const hasEnded = await this.#logins.hasEnded(account, login, at);
    if (!hasEnded.ok) return { ok: false, code: hasEnded.fault };
    if (hasEnded.value) return this.#refuse("a login was to go on that had been ended", at);
    return this.#letIn(person, at);
  }

  /** What a token comes to. Whether it is only too old is said to who has a good signature, and to nobody else. */
  async #judge(text: string, at: WallMillis): Promise<{ readonly person: Person } | NotLetIn> {
    if (this.#open.size > tokensAtOnce) return { ok: false, code: "too_many" };
    const token = readToken(text, this.#options.limits);
    if (!token.ok) return this.#refuse(token.fault, at);
    const { issuer, audience, skewMs } = this.#choice;
    const key = await this.#keys.keyFor(token.value.header);
    if (!key.ok)
      return key.fault === "unavailable"
        ? { ok: false, code: "unavailable" }
        : this.#refuse("no key is for it: another algorithm, or a kid that nobody knows", at);
    try {
      await jwtVerify(text, key.value, {
        algorithms: [...this.#keys.algorithms],
        issuer,
        ...(audience === "any" ? {} : { audience: [...audience] }),
        clockTolerance: skewMs / 1000,
        currentDate: new Date(at),
      });
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { ok: false, code: "login_expired" };
      // Whatever jose could not do with it, a token is to blame that made it try.
      return this.#refuse(reason(error), at);
    }
    const person = readPerson(token.value, this.#choice, this.#options.limits, at);
    if (!person.ok) return this.#refuse(person.fault, at);
    return { person: person.value };
  }

  /** It is who they are; unless it was ended before its time. */
  async #letIn(person: Person, at: WallMillis): Promise<Judged> {
    const { account, name, admin, login, until } = person;
    const revoked = await revokedUntil(this.#options.records, account, at);
    if (!revoked.ok) return { ok: false, code: revoked.fault };
    if (person.issuedAt <= revoked.value) return this.#refuse("it was revoked", at);
    const isGood = await this.#logins.isGood(person, at);
    if (!isGood.ok) return { ok: false, code: isGood.fault };
    if (!isGood.value) return this.#refuse("it was ended", at);
    return { ok: true, account, name, admin, login, until };
  }

  async #list({ account, at }: ListLogins): Promise<GateCalls["logins"]["answer"]> {
    const revoked = await revokedUntil(this.#options.records, account, at);
    if (!revoked.ok) return { ok: false, code: revoked.fault };
    const logins = await this.#logins.of(account, revoked.value, at);
    return logins.ok ? { ok: true, logins: logins.value } : { ok: false, code: logins.fault };
  }

  #refuse(why: string, at: WallMillis): typeof notLetIn {
    this.#refusals.note(why, at);
    return notLetIn;
  }

  #failed(error: unknown): StoreRefusal {
    this.#options.warn?.(`the gate failed: ${(error as Error).message}`);
    return { ok: false, code: "unavailable" };
  }
}

function reason(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed)
    return `its ${error.claim} is ${error.reason === "missing" ? "missing" : "not what it must be"}`;
  return "its signature is not by this key";
}
