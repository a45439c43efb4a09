// Each law holds for a script that keeps it, and breaks at one that does not: a law that can't fail
// proves nothing. The frames are literal.

import { describe, expect, test } from "vitest";
import type { Sight } from "../observed.js";
import { LawBroken } from "../observed.js";
import { ack, dev, everyone, line, push, Script, withBob } from "./script.js";

/** Two people, and a connection of alice that hears everyone from its beginning on. */
const two = (): Script => new Script().identifies(1, "alice").identifies(2, "bob");
const live = (): Script => two().welcomes(10, [{ conversation: "everyone", head: 0 }]);
const resumed = (since: string): Script =>
  two().says(2, everyone, 1, "one").says(2, everyone, 2, "two").welcomes(10, [], { since });
const create = { type: "create", name: "dev", visibility: "public", history: "all", topic: "" } as const;
const hidden = { ...create, history: "since_join" } as const;
const say = (message: string, more: object = {}): object => ({
  type: "send_message",
  ...more,
  payload: { message },
});
const nonced = (message: string, nonce: string, id: number): object => ({
  type: "send_message",
  id,
  payload: { message, nonce },
});
const nonce = "a-nonce-of-16-characters";

function broken(law: string, script: () => Script): void {
  expect(script).toThrow(LawBroken);
  expect(script).toThrow(new RegExp(`^${law}: `));
}
const holds = (script: () => Script): void => void expect(script).not.toThrow();

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

describe("L4: who is online has heard all when all is at rest", () => {
  const settled = (it: Script): Script => it.see({ type: "settled", online: ["alice/1"] });

  test("up to the head", () =>
    holds(() =>
      settled(
        live()
          .says(2, everyone, 1, "one")
          .tells(10, line("bob", "everyone", 1, "one")),
      ),
    ));
  test("not what was said last", () => broken("L4", () => settled(live().says(2, everyone, 1, "one"))));
  test("nor without a connection", () =>
    broken("L4", () => settled(live().see({ type: "closed", device: "alice/1", wire: 10, code: 1006 }))));
});

describe("L4: what people see beside the logs is so when all is at rest", () => {
  /** Alice has heard and was told the one message there is. */
  const program = (): Script =>
    two()
      .see({ type: "began", device: "alice/1", kind: "core", username: "alice", kept: true })
      .welcomes(10, [{ conversation: "everyone", head: 0 }])
      .says(2, everyone, 1, "one")
      .tells(10, line("bob", "everyone", 1, "one"))
      .told("alice/1", { type: "entry", entry: { kind: "message", conversation: "everyone", seq: 1 } });
  const settled = (it: Script, event: object): Script =>
    it.told("alice/1", event).see({ type: "settled", online: ["alice/1"] });

  test("what is shown", () => {
    const shown = (lines: readonly object[]): Script => {
      const it = program().see({
        type: "looked",
        device: "alice/1",
        conversation: "everyone",
        isShown: true,
      });
      const view = { lines, start: "all", loading: [], head: 1, receipts: [] };
      return settled(it, { type: "view", conversation: "everyone", view });
    };
    const one = { kind: "message", seq: 1, message: "one" };
    const topic = { kind: "room", seq: 0 };
    holds(() => shown([one]));
    broken("L4", () => shown([{ ...one, message: "won" }]));
    broken("L4", () => shown([{ ...one, pinned: true }]));
    broken("L4", () => shown([topic]));
  });
  test("where somebody stands", () => {
    const stands = (more: object): Script => {
      const standing = { conversation: "everyone", head: 1, read: 0, unread: 1, mentions: 0, ...more };
      return settled(program(), { type: "standing", standing });
    };
    holds(() => stands({}));
    broken("L4", () => stands({ unread: 2 }));
    broken("L4", () => stands({ head: 0 }));
    broken("L4", () => stands({ role: "owner" }));
  });
  test("in a room that one was put out of", () => {
    const standing = { conversation: "#dev", head: 3, read: 3, unread: 0, mentions: 0, role: "member" };
    const joined = program().writes(2, dev, 1, create).writes(1, dev, 2, { type: "join" });
    const left = joined.writes(1, dev, 3, { type: "leave" });
    broken("L4", () => settled(left, { type: "standing", standing }));
  });
  test("who is here", () => {
    const sees = (...here: readonly string[]): Script =>
      settled(program(), { type: "people", here, users: [], count: here.length, complete: true });
    holds(() => sees("alice"));
    broken("L4", () => sees());
  });
});

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
