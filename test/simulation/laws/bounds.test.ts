// Laws of sizes, of what is documented, and of cursors: L7 and L8.

import { describe, test } from "vitest";
import type { Sight } from "../observed.ts";
import type { Script } from "./script.ts";
import { everyone, line, withBob } from "./script.ts";
import { broken, holds, live } from "./trial.ts";

describe("L7: queues have a cap, and nothing is left behind", () => {
  test("queues", () => {
    holds(() => live().see({ type: "queued", wire: 10, bytes: 1_000_000, own: 20_000 }));
    broken("L7", () => live().see({ type: "queued", wire: 10, bytes: 2_000_000, own: 0 }));
    broken("L7", () => live().see({ type: "queued", wire: 10, bytes: 200_000, own: 30_000 }));
  });
  test("what is held when all have gone", () => {
    const empty = { type: "empty", deadline: undefined, openAsks: 0, subscriptions: 0 } as const;
    holds(() => live().see(empty));
    broken("L7", () => live().see({ ...empty, deadline: 5 }));
    broken("L7", () => live().see({ ...empty, openAsks: 1 }));
    broken("L7", () => live().see({ ...empty, subscriptions: 1 }));
  });
});

describe("L8: only what is documented", () => {
  const error = (code: string, retryable: boolean): object => ({
    type: "error",
    payload: { code, message: "", retryable },
  });

  test("closings", () => {
    holds(() => live().see({ type: "hungUp", wire: 10, code: 1012 }));
    broken("L8", () => live().see({ type: "hungUp", wire: 10, code: 1011 }));
  });
  test("refusals", () => {
    holds(() => live().hands(10, error("unavailable", true)));
    broken("L8", () => live().hands(10, error("oops", false)));
    broken("L8", () => live().hands(10, error("unavailable", false)));
  });
  test("nothing throws", () =>
    broken("L8", () => live().see({ type: "threw", where: "the hub", error: new Error("x") })));
  test("a reader who takes what they get, however slowly, is not given up", () => {
    const slow = live().hands(10, { type: "welcome", payload: { limits: { ping_ms: 1 } } });
    slow
      .see({ type: "queued", wire: 10, bytes: 9, own: 0 })
      .see({ type: "queued", wire: 10, bytes: 8, own: 0 });
    broken("L8", () =>
      slow.see({ type: "queued", wire: 10, bytes: 7, own: 0 }).see({ type: "hungUp", wire: 10, code: 4408 }),
    );
  });
});

describe("cursors only grow", () => {
  const receipt = (delivered: number, read: number): object => ({
    type: "receipt",
    payload: { conversation: "@bob", username: "bob", delivered, read },
  });
  const advance = (user: number, conversation: number, to: number, read: number): Sight => {
    const moves = [{ user, conversation, from: 1, delivered: to, read }];
    return { type: "committed", call: { type: "advance", moves } as never, answer: { ok: true } as never };
  };
  const toBob = (seq: number, message: string): object =>
    line("alice", "@alice", seq, message, { to: "bob" });
  const moved = (): Script =>
    live()
      .opens("bob/1", 20, { username: "bob", token: "the-token-of-bob" })
      .hands(20, { type: "welcome", payload: { username: "bob" } })
      .says(1, withBob, 1, "one")
      .says(1, withBob, 2, "two")
      .tells(20, toBob(1, "one"))
      .tells(20, toBob(2, "two"))
      .see(advance(2, 3, 2, 1));

  test("as they are stored", () => holds(() => moved().hands(10, receipt(1, 1)).hands(10, receipt(2, 1))));
  test("back", () => broken("cursors", () => moved().hands(10, receipt(2, 1)).hands(10, receipt(1, 1))));
  test("ahead of what is stored", () => broken("cursors", () => moved().hands(10, receipt(2, 2))));
  test("over what has not arrived", () => {
    const heard = (): Script =>
      live()
        .says(2, everyone, 1, "one")
        .says(2, everyone, 2, "two")
        .tells(10, line("bob", "everyone", 1, "one"));
    holds(() => heard().see(advance(1, 1, 1, 0)));
    broken("cursors", () => heard().see(advance(1, 1, 2, 0)));
    const read = { type: "read", payload: { conversation: "everyone", seq: 2 } };
    holds(() =>
      heard()
        .sends(10, read)
        .see(advance(1, 1, 2, 2)),
    );
  });
  test("back, for whoever comes again", () => {
    const again = (read: number): Script =>
      live()
        .says(2, everyone, 1, "one")
        .tells(10, line("bob", "everyone", 1, "one"))
        .see(advance(1, 1, 1, 1))
        .welcomes(11, [{ conversation: "everyone", head: 1, read }]);
    holds(() => again(1));
    broken("cursors", () => again(0));
  });
});
