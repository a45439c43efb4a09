// Laws of logins: by what somebody is let in where there are accounts, how it ends, and whose looks a name may have.

import { describe, test } from "vitest";
import type { Sight } from "../observed.ts";
import { everyone, line, Script } from "./script.ts";
import { broken, holds, two } from "./trial.ts";

/** In Unix time; scripts begin at this. */
const now = 1_795_357_825_000;

function keeps(it: Script, kind: string, key: string, value: object): Script {
  const call = { type: "keep", changes: [{ kind, key, value: JSON.stringify(value) }], at: 0 };
  return it.see({ type: "committed", call, answer: { ok: true, kept: true } } as unknown as Sight);
}

describe("logins: where there are accounts", () => {
  const account = (): Script =>
    keeps(two(), "account", "alice", { name: "alice", hash: "the hash of right" });
  const comes = (password: string, until = now + 60_000): Script =>
    keeps(account(), "login", "a-login", { account: "alice", until })
      .opens("alice/1", 10, { username: "alice", token: "the-token-of-alice", password })
      .see({ type: "arrived", wire: 10 });
  const welcomed = (password: string, until?: number): Script =>
    comes(password, until).hands(10, { type: "welcome", payload: { username: "alice", session: "a-login" } });
  const one = line("bob", "everyone", 1, "one");

  test("nobody is let in by a wrong password", () => {
    holds(() => welcomed("right"));
    broken("logins", () => welcomed("wrong"));
  });
  test("nothing is handed over by a login that is over", () => {
    holds(() => welcomed("right").says(2, everyone, 1, "one").hands(10, one));
    broken("logins", () => welcomed("right", now - 2_000));
    const ended = (): Script =>
      welcomed("right").says(2, everyone, 1, "one").see({ type: "hungUp", wire: 10, code: 4401 });
    broken("logins", () => ended().see({ type: "loginEnded", login: "a-login" }).hands(10, one));
    holds(() => ended().see({ type: "loginEnded", login: "another" }));
  });
  test("whoever is in by a login that is ended is put out", () => {
    broken("logins", () => welcomed("right").see({ type: "loginEnded", login: "a-login" }));
  });
  test("a login that was put off is good for longer", () => {
    const later = { account: "alice", until: now + 60_000 };
    holds(() =>
      keeps(comes("right", now - 2_000), "login", "a-login", later).hands(10, {
        type: "welcome",
        payload: { username: "alice", session: "a-login" },
      }),
    );
  });
});

describe("house: of two names that look alike one is held", () => {
  const gone = (it: Script, user: number, at: number): Script =>
    it.see({
      type: "committed",
      call: { type: "release", user, at },
      answer: { ok: true, left: [] },
    } as unknown as Sight);
  const first = (): Script => new Script().identifies(1, "bob");

  test("while the other is here, or keeps it", () => {
    broken("house", () => first().identifies(2, "b0b"));
    broken("house", () => gone(first(), 1, now).identifies(2, "b0b"));
    holds(() => gone(first(), 1, now - 60_000).identifies(2, "b0b"));
    holds(() => first().identifies(2, "carol"));
  });
});
