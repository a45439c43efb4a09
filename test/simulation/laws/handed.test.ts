// Laws of what is handed over and told: L3.

import { describe, test } from "vitest";
import type { Script } from "./script.ts";
import { everyone, line } from "./script.ts";
import { broken, holds, live, resumed, two } from "./trial.ts";

describe("L3: what is handed over has no hole, no double, and is as it stands", () => {
  const both = (it: Script): Script => it.says(2, everyone, 1, "one").says(2, everyone, 2, "two");
  const one = line("bob", "everyone", 1, "one");
  const second = line("bob", "everyone", 2, "two");

  test("in order, each once", () => holds(() => both(live()).hands(10, one).hands(10, second)));
  test("the first left out", () => broken("L3", () => both(live()).hands(10, second)));
  test("once more", () => broken("L3", () => both(live()).hands(10, one).hands(10, one)));
  test("another text", () => broken("L3", () => both(live()).hands(10, line("bob", "everyone", 1, "won"))));
  test("another author", () => broken("L3", () => both(live()).hands(10, line("eve", "everyone", 1, "one"))));
  test("what is not there", () =>
    broken("L3", () => both(live()).hands(10, line("bob", "everyone", 3, "three"))));
  test("a skip of what is for them", () =>
    broken("L3", () =>
      both(live()).hands(10, { type: "skip", payload: { conversation: "everyone", first: 1, last: 1 } }),
    ));
  test("a skip of what was done to a message that is gone", () => {
    const edited = both(live()).hands(10, one).hands(10, second);
    const edit = { type: "edit", target: 1, message: "won" } as const;
    edited
      .writes(2, everyone, 3, edit as never)
      .writes(2, everyone, 4, { type: "deletion", target: 1 } as never);
    holds(() => edited.hands(10, { type: "skip", payload: { conversation: "everyone", first: 3, last: 3 } }));
  });
  test("a resume from its cursor", () => holds(() => resumed("everyone:1").hands(10, second)));
  test("a resume that tells once more", () => broken("L3", () => resumed("everyone:1").hands(10, one)));
  test("a resume that leaves out", () => broken("L3", () => resumed("everyone:0").hands(10, second)));
  test("a page that is older than its head", () => {
    const edit = { type: "edit", target: 1, message: "won" } as never;
    const page = (head: number): object => ({
      type: "history",
      id: 1,
      payload: {
        conversation: "everyone",
        messages: [(one as { payload: object }).payload],
        first: 1,
        head,
        more: false,
      },
    });
    const asked = (): Script =>
      both(live()).writes(2, everyone, 3, edit).sends(10, { type: "history", id: 1, payload: {} });
    holds(() => asked().hands(10, page(2)));
    broken("L3", () => asked().hands(10, page(3)));
  });
  test("a simple line left out, and one's own that is rightly not there", () => {
    const simple = (): Script =>
      two()
        .opens("bob/1", 11, { username: "bob", token: "the-token-of-bob" }, "simple")
        .identifies(2, "bob", false);
    const said = {
      from: "alice",
      message: "one",
      target: "",
      conversation: "everyone",
      seq: 1,
      at: 1_795_357_825_000,
      sent: "",
    };
    const third = { ...said, message: "three", seq: 3 };
    const heard = (origin: number): Script =>
      simple()
        .says(1, everyone, 1, "one")
        .hands(11, said)
        .says(2, everyone, 2, "two", { origin })
        .says(1, everyone, 3, "three")
        .hands(11, third);
    holds(() => heard(11));
    broken("L3", () => heard(12));
  });
});

describe("L3 for people: what a program tells", () => {
  const began = (): Script =>
    two()
      .see({ type: "began", device: "alice/1", kind: "core", username: "alice", kept: true })
      .welcomes(10, [{ conversation: "everyone", head: 0 }])
      .says(2, everyone, 1, "one")
      .says(2, everyone, 2, "two")
      .tells(10, line("bob", "everyone", 1, "one"))
      .tells(10, line("bob", "everyone", 2, "two"));
  const entry = (seq: number): object => ({
    type: "entry",
    entry: { kind: "message", conversation: "everyone", seq },
  });

  test("each once", () => holds(() => began().told("alice/1", entry(1)).told("alice/1", entry(2))));
  test("one left out", () => broken("L3", () => began().told("alice/1", entry(2))));
  test("one twice", () => broken("L3", () => began().told("alice/1", entry(1)).told("alice/1", entry(1))));
  test("L4: not up to the head", () =>
    broken("L4", () =>
      began()
        .told("alice/1", entry(1))
        .see({ type: "settled", online: ["alice/1"] }),
    ));
  test("L4: nothing anew after a reset", () => {
    const reset = (): Script =>
      began()
        .told("alice/1", { type: "reset", conversation: "everyone" })
        .tells(10, { type: "history", payload: { conversation: "everyone", head: 2 } });
    holds(() =>
      reset()
        .told("alice/1", entry(2))
        .see({ type: "settled", online: ["alice/1"] }),
    );
    broken("L4", () => reset().see({ type: "settled", online: ["alice/1"] }));
  });
});
