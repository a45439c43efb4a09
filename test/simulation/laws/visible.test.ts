// The law of who may see what: L5.

import { describe, test } from "vitest";
import { dev, everyone, line, push, Script, withBob } from "./script.ts";
import { broken, create, hidden, holds, live, two } from "./trial.ts";

describe("L5: nobody is handed what they may not see", () => {
  const made = (it: Script, act: object): Script =>
    it.writes(2, dev, 1, act as never).says(2, dev, 2, "before");
  const joined = (act: object): Script => made(live(), act).writes(1, dev, 3, { type: "join" });
  const before = line("bob", "#dev", 2, "before");
  const join = push("member_joined", "alice", "#dev", 3, { role: "member" });

  test("a room that one is not in", () => broken("L5", () => made(live(), create).hands(10, before)));
  test("from before one's join, where the past is hidden", () => {
    const page = {
      type: "log",
      id: 1,
      payload: { conversation: "#dev", entries: [before], head: 3, more: false },
    };
    const asked = (it: Script): Script =>
      it.sends(10, { type: "log", id: 1, payload: { conversation: "#dev", after: 1 } });
    broken("L5", () => asked(joined(hidden).hands(10, join)).hands(10, page));
    holds(() => asked(joined(create).hands(10, join)).hands(10, page));
  });
  test("after one's exit", () => {
    const left = (): Script =>
      joined(create)
        .hands(10, join)
        .writes(1, dev, 4, { type: "leave" })
        .hands(10, push("member_left", "alice", "#dev", 4, { username: "alice", why: "left" }))
        .says(2, dev, 5, "without her");
    holds(left);
    broken("L5", () => left().hands(10, line("bob", "#dev", 5, "without her")));
  });
  test("after one's exit, where nothing was told of one's next join", () => {
    const [left, enters] = [{ type: "leave" }, { type: "join" }] as const;
    const out = (seq: number): object => ({
      ...{ from: "alice", message: "(left)", target: "#dev", conversation: "#dev", seq },
      ...{ at: 1_795_357_825_000, sent: "", note: "member_left" },
    });
    const once = (): Script =>
      two()
        .opens("alice/1", 11, { username: "alice", token: "the-token-of-alice" }, "simple")
        .identifies(1, "alice", false)
        .writes(2, dev, 1, create)
        .writes(1, dev, 2, enters, { origin: 11 })
        .writes(1, dev, 3, left)
        .hands(11, out(3));
    holds(() => once().writes(1, dev, 4, enters).writes(1, dev, 5, left).hands(11, out(5)));
    broken("L5", () =>
      once()
        .writes(1, dev, 4, enters)
        .writes(1, dev, 5, left)
        .hands(11, out(5))
        .says(2, dev, 6, "without her")
        .hands(11, { ...out(6), from: "bob", message: "without her", note: undefined }),
    );
  });
  test("the mail of whoever had the name before", () => {
    const said = (): Script =>
      new Script().identifies(2, "bob").identifies(5, "alice").says(5, withBob, 1, "secret");
    const frame = line("alice", "@bob", 1, "secret", { to: "bob" });
    broken("L5", () => said().welcomes(10).hands(10, frame));
    broken("L3", () =>
      said()
        .welcomes(10)
        .hands(10, line("alice", "@bob", 1, "what nobody said")),
    );
  });
  test("a text that was deleted before it was asked for", () => {
    const found = {
      type: "search",
      id: 1,
      payload: {
        hits: [{ message: { ...(line("bob", "everyone", 1, "one") as { payload: object }).payload } }],
      },
    };
    const said = live()
      .says(2, everyone, 1, "one")
      .writes(2, everyone, 2, { type: "deletion", target: 1 } as never);
    broken("L5", () => said.sends(10, { type: "search", id: 1, payload: { query: "one" } }).hands(10, found));
  });
});
