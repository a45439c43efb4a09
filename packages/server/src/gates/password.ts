// The gate for accounts that the server keeps itself (`--auth password`). A password is exchanged for a token,
// and from then on the token is shown. Whoever is not let in is told the same for a wrong password and for an
// account that there is not, and after as much work: one hash.

import type {
  EndLogin,
  Gate,
  GateAnswer,
  GateCall,
  GateOptions,
  ListLogins,
  NameKey,
  StoreRefusal,
  Verify,
} from "chat-hub";
import { refresh, setPassword } from "./password/changing.js";
import type { Answer, Desk, PasswordChoice } from "./password/desk.js";
import { expired, findAccount, notLetIn, tooMany, unavailable } from "./password/desk.js";
import { Exchange } from "./password/exchange.js";
import { Hashes } from "./password/hashes.js";
import { endOf, loginEnd, prefixOf, readLogin, readToken, verifiedBy } from "./password/kept.js";
import { register } from "./password/registering.js";
import type { AskRecords } from "./records.js";

export interface PasswordGateOptions<Ask> extends GateOptions<Ask> {
  readonly records: AskRecords;
  readonly hashes?: Hashes;
}

export function openPasswordGate<Ask>(choice: PasswordChoice, options: PasswordGateOptions<Ask>): Gate<Ask> {
  return new Passwords(choice, options);
}

class Passwords<Ask> implements Gate<Ask> {
  readonly mode = "password";
  readonly #options: PasswordGateOptions<Ask>;
  readonly #records: AskRecords;
  readonly #desk: Desk;
  /** What is not answered yet. */
  readonly #open = new Set<Promise<void>>();

  constructor(choice: PasswordChoice, options: PasswordGateOptions<Ask>) {
    const { records, hashes = new Hashes(), ended } = options;
    this.#options = options;
    this.#records = records;
    this.#desk = { choice, records, hashes, exchange: new Exchange(records, choice.loginLifeMs, ended) };
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
    this.#desk.hashes.close();
    await Promise.allSettled(this.#open);
  }

  async #answer(call: GateCall): Promise<GateAnswer> {
    switch (call.type) {
      case "verify":
        return call.proof.kind === "token"
          ? this.#byToken(call, call.proof.token)
          : this.#byPassword(call, call.proof.password);
      case "register":
        return register(this.#desk, call);
      case "refresh":
        return refresh(this.#desk, call);
      case "setPassword":
        return setPassword(this.#desk, call);
      case "logins":
        return this.#logins(call);
      case "endLogin":
        return this.#endLogin(call);
    }
  }

  async #byPassword({ name, exchange, at }: Verify, password: string): Answer<"verify"> {
    const found = name === undefined ? undefined : await findAccount(this.#records, name.key, at);
    if (found?.ok === false) return found;
    const isRight = await this.#desk.hashes.matches(password, found?.account?.hash);
    if (isRight === undefined) return tooMany;
    if (!isRight || found?.account === undefined || found.account.disabled) return notLetIn;
    if (exchange) return this.#desk.exchange.begin(found.account, found.value, [], at);
    // It may have been disabled, or got another password, meanwhile.
    const now = await findAccount(this.#records, found.account.key, at);
    if (!now.ok) return now;
    if (now.value !== found.value) return notLetIn;
    return verifiedBy(found.account, prefixOf(found.account.key), undefined);
  }

  async #byToken({ name, at }: Verify, text: string): Answer<"verify"> {
    const token = readToken(text);
    if (token === undefined) return notLetIn;
    const known = await this.#records({ type: "recall", kind: "login", key: token.login, at });
    if (!known.ok) return known;
    if (known.record === undefined) return notLetIn;
    const login = readLogin(known.record);
    const until = endOf(login, token.hash);
    if (until === undefined) return notLetIn;
    const found = await findAccount(this.#records, login.account as NameKey, at);
    if (!found.ok) return found;
    const { account } = found;
    if (account === undefined || account.disabled || account.series !== login.series) return notLetIn;
    if (name !== undefined && name.key !== account.key) return notLetIn;
    if (until <= at) return expired;
    return verifiedBy(account, login.login, until);
  }

  async #logins({ account: key, at }: ListLogins): Answer<"logins"> {
    const found = await findAccount(this.#records, key as NameKey, at);
    if (!found.ok) return found;
    const logins = found.account === undefined ? [] : await this.#desk.exchange.loginsOf(found.account, at);
    if ("ok" in logins) return logins;
    return { ok: true, logins: logins.map(({ login, since, until }) => ({ login, since, until })) };
  }

  async #endLogin({ account, login, audit, requires, at }: EndLogin): Answer<"endLogin"> {
    const known = await this.#records({ type: "recall", kind: "login", key: login, at });
    if (!known.ok) return known;
    if (known.record === undefined || readLogin(known.record).account !== account)
      return { ok: false, code: "unknown_session" };
    const changes = [loginEnd(login)];
    const kept = await this.#records({
      type: "keep",
      changes,
      ...(audit === undefined ? {} : { audit }),
      ...(requires === undefined ? {} : { requires }),
      at,
    });
    if (!kept.ok) return kept;
    return kept.lacks === undefined ? { ok: true } : { ok: false, code: "forbidden" };
  }

  #failed(error: unknown): StoreRefusal {
    this.#options.warn?.(`the gate failed: ${(error as Error).message}`);
    return unavailable;
  }
}
