// A gate and a store that are slow, answer in any order and fail; logins that end meanwhile, by the clock or by
// a word of the gate; frames and goodbyes in between. The scripts are drawn, and shrunk when one fails.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { GateAnswer, GateCall, Name, NameKey, WallMillis } from "../src/index.js";
import { no, verified } from "./gate-people.js";
import type { Wire } from "./hub-house.js";
import { beginning, HubHouse } from "./hub-house.js";

type Step = readonly [name: keyof typeof steps, which: number];

const steps = {
  /** Somebody comes: by password or token, in the URL or by a frame, in either dialect. */
  come: (it: Play, which: number) => it.comes(which),
  /** A frame that wants an answer: a login, a message, a refresh, another password, a question. */
  say: (it: Play, which: number) => it.says(which),
  gate: (it: Play, which: number) => it.gateAnswers(which),
  store: (it: Play, which: number) => it.house.answersOne(which),
  goodbye: (it: Play, which: number) => it.goes(which),
  /** The gate ends a login, or all of an account. */
  end: (it: Play, which: number) => it.ends(which),
  time: (it: Play, which: number) => it.house.passes(which * 700),
} as const;

interface Guest {
  readonly wire: Wire;
  readonly isSimple: boolean;
  /** Frames that want an answer, and those that have one. */
  readonly asked: Set<string>;
  readonly answered: string[];
  /** The name of its login, and when that ends, as it was told. */
  session: string | undefined;
  until: number | undefined;
  gone: boolean;
}

const names = ["alice", "bob"] as const;

class Play {
  readonly house = new HubHouse({ rates: undefined }, "password");
  readonly guests: Guest[] = [];
  /** Logins that the gate has ended. */
  readonly ended = new Set<string>();
  /** What the gate was asked before it ended all logins of that account: whatever it answers is of before. */
  readonly #outdated = new Set<GateCall>();
  #next = 0;

  constructor() {
    this.house.isSlow = true;
  }

  comes(which: number): void {
    const isSimple = which % 2 === 0;
    const shown = which % 4 < 2 ? { password: "a password" } : { token: "a-token-of-somebody" };
    const username = names[which % names.length] ?? "alice";
    const query = isSimple || which % 3 === 0 ? { username, ...shown } : {};
    const wire = this.house.connects(isSimple ? "simple" : "events", query, "192.0.2.1");
    const rest = { session: undefined, until: undefined, gone: false };
    this.guests.push({ wire, isSimple, asked: new Set(), answered: [], ...rest });
  }

  says(which: number): void {
    const guest = this.#guest(which);
    if (guest === undefined || guest.gone) return;
    this.#next += 1;
    const id = `${this.#next}`;
    const frames = [
      { type: "login", payload: { username: names[which % 2], password: "a password" } },
      { type: "send_message", payload: { message: "hi" } },
      { type: "refresh" },
      { type: "set_password", payload: { old: "a password", password: "another password" } },
      { type: "sessions" },
      { type: "end_session", payload: { session: guest.session ?? "none" } },
      { type: "register", payload: { username: names[which % 2], password: "a password" } },
    ];
    guest.asked.add(id);
    const frame = guest.isSimple ? { message: "hi", id } : { ...frames[which % frames.length], id };
    guest.wire.says(JSON.stringify(frame));
  }

  /** Any of those that wait; it may be the answer that nobody likes. */
  gateAnswers(which: number): void {
    const { atGate } = this.house;
    const index = which % Math.max(1, atGate.length);
    atGate.unshift(...atGate.splice(index, 1));
    const [asked] = atGate;
    if (asked !== undefined) this.house.gateAnswers(this.#answerTo(asked.call, which));
  }

  goes(which: number): void {
    const guest = this.#guest(which);
    if (guest === undefined || guest.gone || guest.wire.closing !== undefined) return;
    guest.gone = true;
    guest.wire.closes(which % 2 === 0);
  }

  ends(which: number): void {
    const session = this.#guest(which)?.session;
    if (session === undefined) return;
    const [account = ""] = session.split(" ");
    const login = which % 3 === 0 ? undefined : session;
    for (const guest of this.guests)
      if (guest.session !== undefined && (login ?? guest.session) === guest.session)
        if (guest.session.startsWith(account)) this.ended.add(guest.session);
    if (login === undefined)
      for (const { call } of this.house.atGate) if (accountOf(call) === account) this.#outdated.add(call);
    this.house.feed({ type: "loginEnded", account, login });
  }

  listen(): void {
    for (const guest of this.guests) {
      for (const frame of guest.wire.heard()) {
        const { type, payload = {}, error, ack } = frame as Record<string, Record<string, unknown>>;
        const id = frame["id"] ?? error?.["id"] ?? ack?.["id"];
        if (id !== undefined) guest.answered.push(String(id));
        if ((type as unknown) !== "welcome" && (type as unknown) !== "refresh") continue;
        guest.session = String(payload["session"]);
        guest.until = payload["token_until"] as number | undefined;
        expect(this.ended).not.toContain(guest.session);
      }
    }
  }

  /** Whoever is here is here by a login that is good, give or take a second. */
  check(): void {
    for (const { wire, session, until, gone } of this.guests) {
      if (wire.closing !== undefined || gone || session === undefined) continue;
      expect(this.ended).not.toContain(session);
      if (until !== undefined) expect(beginning + this.house.at - until).toBeLessThan(1_000);
    }
  }

  settle(): void {
    const { atGate, waiting } = this.house;
    while (atGate.length + waiting.length > 0) {
      while (atGate.length > 0) this.gateAnswers(1);
      this.house.answers();
    }
    this.listen();
  }

  #guest(which: number): Guest | undefined {
    return this.guests[which % Math.max(1, this.guests.length)];
  }

  #answerTo(call: GateCall, which: number): GateAnswer {
    this.#next += 1;
    const until = which % 2 === 0 ? undefined : ((beginning + this.house.at + which * 500) as WallMillis);
    switch (call.type) {
      case "verify":
      case "register": {
        if (which % 5 === 4) return no(which % 2 === 0 ? "not_let_in" : "unavailable");
        const key = accountOf(call) as NameKey;
        const login = `${key} ${this.#next}`;
        if (this.#outdated.has(call)) this.ended.add(login);
        return verified({ account: key, name: { key, spelling: key } as Name, login, until });
      }
      case "refresh": {
        if (which % 5 === 4) return no("login_expired");
        // A login that has ended meanwhile is not renewed.
        if (this.ended.has(call.login)) return no("not_let_in");
        return verified({ account: call.account, login: call.login, until });
      }
      case "logins":
        return { ok: true, logins: [] };
      case "setPassword":
        return which % 5 === 4 ? no("not_let_in") : { ok: true };
      case "endLogin":
        return which % 5 === 4 ? no("unavailable") : no("unknown_session");
    }
  }
}

/** Whose login it will be. */
function accountOf(call: GateCall): string {
  return call.type === "verify" || call.type === "register" ? (call.name?.key ?? "alice") : "";
}

const often = ["come", "say", "gate", "store", "store", "store"] as const;
const step = fc.tuple(
  fc.constantFrom(...([...often, ...often, ...Object.keys(steps)] as (keyof typeof steps)[])),
  fc.nat(12),
);

test("each frame is answered once, and nobody is here by a login that has ended", () => {
  let answered = 0;
  let welcomed = 0;
  let ended = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100, size: "max" }), (script: readonly Step[]) => {
      const it = new Play();
      for (const [name, which] of script) {
        steps[name](it, which);
        it.listen();
        it.check();
      }
      it.settle();
      it.check();
      for (const { wire, gone, asked, answered: heard, session } of it.guests) {
        expect(new Set(heard).size).toBe(heard.length);
        for (const id of heard) expect([...asked]).toContain(id);
        if (wire.closing === undefined && !gone) expect(new Set(heard)).toEqual(asked);
        answered += heard.length;
        if (session !== undefined) welcomed += 1;
        if (wire.closing === "loginEnded") ended += 1;
      }
    }),
    { numRuns: 600 },
  );
  // The scripts come by all of it.
  expect([answered > 600, welcomed > 150, ended > 100]).toEqual([true, true, true]);
});
