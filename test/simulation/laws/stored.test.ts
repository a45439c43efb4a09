// Laws of what stands in a log: L1, L2, L6 and L9.

import { describe, test } from "vitest";
import type { Script } from "./script.ts";
import { ack, everyone, withBob } from "./script.ts";
import { broken, holds, live, nonce, nonced, say, two } from "./trial.ts";

describe("L1: what is acked stands in the log", () => {
  const acked = (it: Script): Script =>
    it.sends(10, say("hi", { id: 1 })).stores(1, everyone, 1, "hi", { origin: 10 });

  test("an ack of what is committed", () => holds(() => acked(live()).hands(10, ack(1, "everyone", 1))));
  test("an ack before the commit", () =>
    broken("L1", () =>
      live()
        .sends(10, say("hi", { id: 1 }))
        .hands(10, ack(1, "everyone", 1)),
    ));
  test("an ack of another's place", () =>
    broken("L1", () =>
      live()
        .sends(10, say("hi", { id: 1 }))
        .says(2, everyone, 1, "hi")
        .hands(10, ack(1, "everyone", 1)),
    ));
  test("an ack of another text", () =>
    broken("L1", () =>
      live()
        .sends(10, say("hi", { id: 1 }))
        .says(1, everyone, 1, "ho", { origin: 10 })
        .hands(10, ack(1, "everyone", 1)),
    ));
  test("one place acked to two commands", () =>
    broken("L1", () =>
      acked(live().sends(10, say("hi", { id: 2 })))
        .hands(10, ack(1, "everyone", 1))
        .hands(10, ack(2, "everyone", 1)),
    ));
  test("a final refusal of what was stored before it was sent again", () => {
    const no = { type: "error", id: 2, payload: { code: "not_member", message: "", retryable: false } };
    const stored = (): Script =>
      live()
        .says(1, everyone, 1, "hi", { nonce, origin: 9 })
        .sends(10, nonced("hi", nonce, 2));
    broken("L1", () => stored().hands(10, no));
    holds(() =>
      live()
        .sends(10, nonced("hi", nonce, 2))
        .stores(1, everyone, 1, "hi", { nonce, origin: 9 })
        .hands(10, no),
    );
  });
  test("something is still unsent when all is at rest", () => {
    const unsent = [{ nonce, deed: { type: "message" }, state: { type: "sending" } }];
    const settled = (it: Script): Script => it.see({ type: "settled", online: ["alice/1"] });
    broken("L1", () => settled(live().told("alice/1", { type: "unsent", unsent })));
    holds(() => settled(live().told("alice/1", { type: "unsent", unsent: [] })));
  });
});

describe("L2: places are consecutive", () => {
  test("from the first on", () => holds(() => two().says(1, everyone, 1, "one").says(2, everyone, 2, "two")));
  test("with a hole", () =>
    broken("L2", () => two().says(1, everyone, 1, "one").says(2, everyone, 3, "two")));
  test("a place given twice", () =>
    broken("L2", () => two().says(1, everyone, 1, "one").says(2, everyone, 1, "two")));
  test("with whoever takes over a name, above all before", () => {
    const next = { conversation: 4, peer: { user: 3, name: "bob", key: "bob" } };
    const taken = (): Script => two().says(1, withBob, 1, "hi").identifies(3, "bob");
    holds(() => taken().says(1, next, 1_000_001, "hi"));
    broken("L2", () => taken().says(1, next, 1, "hi"));
  });
});

describe("L6: what is sent after an ack was heard stands above it", () => {
  const sent = (): Script =>
    live()
      .sends(10, say("one", { id: 1 }))
      .sends(10, say("two", { id: 2 }));

  test("in order", () =>
    holds(() =>
      sent()
        .stores(1, everyone, 1, "one")
        .tells(10, ack(1, "everyone", 1))
        .stores(1, everyone, 2, "two")
        .tells(10, ack(2, "everyone", 2)),
    ));
  test("the later one first", () =>
    broken("L6", () =>
      sent()
        .stores(1, everyone, 1, "two")
        .stores(1, everyone, 2, "one")
        .tells(10, ack(2, "everyone", 1))
        .tells(10, ack(1, "everyone", 2)),
    ));
  test("below an ack that was heard", () =>
    broken("L6", () =>
      live()
        .says(1, everyone, 1, "two")
        .sends(10, say("one", { id: 1 }))
        .stores(1, everyone, 2, "one")
        .tells(10, ack(1, "everyone", 2))
        .sends(10, say("two", { id: 2 }))
        .tells(10, ack(2, "everyone", 1)),
    ));
});

describe("L9: once or not at all", () => {
  test("a text that was sent once", () => {
    holds(() => live().sends(10, say("hi")).stores(1, everyone, 1, "hi"));
    broken("L9", () => live().sends(10, say("hi")).stores(1, everyone, 1, "hi").stores(1, everyone, 2, "hi"));
    holds(() =>
      live()
        .sends(10, say("hi"))
        .sends(10, say("hi"))
        .stores(1, everyone, 1, "hi")
        .stores(1, everyone, 2, "hi"),
    );
  });
  test("a nonce that was sent twice", () =>
    broken("L9", () =>
      live()
        .sends(10, nonced("hi", nonce, 1))
        .sends(10, nonced("hi", nonce, 2))
        .stores(1, everyone, 1, "hi", { nonce })
        .stores(1, everyone, 2, "hi", { nonce }),
    ));
});
