// Laws of the house: who may write, who is out, what is announced, and what stands in the audit log.

import { describe, test } from "vitest";
import type { Sight } from "../observed.ts";
import type { Script } from "./script.ts";
import { ack, dev, everyone, line } from "./script.ts";
import { broken, create, holds, live, say, two } from "./trial.ts";

/** Records are kept, with a line of the audit log; `changes` are of this kind. */
function keeps(it: Script, changes: readonly object[], action = "ban", about = "alice"): Script {
  const audit = { by: "bob", action, about, detail: "" };
  const call = { type: "keep", changes, audit, at: 0 };
  return it.see({ type: "committed", call, answer: { ok: true, kept: true } } as unknown as Sight);
}
/** The hub has learned of it. */
function learns(it: Script, changes: readonly object[], action = "ban", about = "alice"): Script {
  const call = { type: "keep", changes, audit: { by: "bob", action, about, detail: "" }, at: 0 };
  return it.see({ type: "kept", call } as unknown as Sight);
}
/** In Unix time; scripts begin at this. */
const now = 1_795_357_825_000;
const ban = (key: string, more: object = {}): object => ({ kind: "ban", key, value: "{}", ...more });
const silence = (more: object = {}): object => ({ kind: "silence", key: "1:1", value: "{}", ...more });
const on = (key: string, value = "{}"): object => ({ kind: "switch", key, value });

describe("house: who may write", () => {
  test("nobody who is silenced with everyone does, there and in public rooms", () => {
    holds(() => keeps(two(), [silence({ key: "1:2" })]).says(1, everyone, 1, "one"));
    broken("house", () => keeps(two(), [silence()]).says(1, everyone, 1, "one"));
    const inRoom = (visibility: string): Script =>
      keeps(two(), [silence()])
        .writes(2, dev, 1, { ...create, visibility } as never)
        .writes(1, dev, 2, { type: "join" })
        .says(1, dev, 3, "one");
    broken("house", () => inRoom("public"));
    holds(() => inRoom("private"));
  });
  test("they take back what they said, and speak when the silence has ended or is lifted", () => {
    const before = (): Script => two().says(1, everyone, 1, "one");
    holds(() =>
      keeps(before(), [silence()]).writes(1, everyone, 2, { type: "deletion", target: 1 } as never),
    );
    holds(() => keeps(before(), [silence({ until: now })]).says(1, everyone, 2, "two"));
    broken("house", () => keeps(before(), [silence({ until: now + 1_000 })]).says(1, everyone, 2, "two"));
    const lifted = { kind: "silence", key: "1:1" };
    holds(() => keeps(keeps(before(), [silence()]), [lifted]).says(1, everyone, 2, "two"));
  });
  test("nobody who is silenced in a room writes there", () => {
    const act = { type: "silence", on: true, who: 1, username: "alice" } as never;
    const room = (): Script =>
      two().writes(2, dev, 1, create).writes(1, dev, 2, { type: "join" }).writes(2, dev, 3, act);
    broken("house", () => room().says(1, dev, 4, "one"));
    holds(() => room().says(2, dev, 4, "one").says(1, everyone, 1, "two"));
  });
  test("nobody but admins while it is read-only, and nobody who is banned", () => {
    broken("house", () => keeps(two(), [on("read_only")]).says(1, everyone, 1, "one"));
    holds(() =>
      keeps(two(), [on("read_only"), { kind: "admin", key: "user:1", value: "{}" }]).says(
        1,
        everyone,
        1,
        "one",
      ),
    );
    broken("house", () => keeps(two(), [ban("user:1")]).says(1, everyone, 1, "one"));
  });
  test("nobody too soon in slow mode", () => {
    const slow = (): Script => keeps(two(), [on("slow_mode", "1")]).says(1, everyone, 1, "one");
    broken("house", () => slow().says(1, everyone, 2, "two"));
    holds(() => slow().says(2, everyone, 2, "two"));
    holds(() => slow().writes(1, everyone, 2, { type: "deletion", target: 1 } as never));
  });
  test("nobody is told so whom nobody has silenced", () => {
    const told = (it: Script): Script =>
      it.hands(10, { type: "error", payload: { code: "silenced", message: "", retryable: false } });
    broken("house", () => told(live()));
    holds(() => told(keeps(live(), [silence()])));
  });
});

describe("house: who is out", () => {
  const arrived = (): Script => live().see({ type: "arrived", wire: 10 });
  const hungUp = { type: "hungUp", wire: 10, code: 4403 } as const;
  const one = line("bob", "everyone", 1, "one");

  test("a ban closes their connections, by name and by address", () => {
    for (const key of ["user:1", "address:alice"]) {
      broken("house", () => learns(arrived(), [ban(key)]));
      holds(() => learns(arrived().see(hungUp), [ban(key)]));
      holds(() => learns(arrived(), [ban(key, { until: now })]));
      holds(() => learns(arrived(), [ban("user:2")]));
    }
  });
  test("nothing is handed to whoever is banned but the reason, until it is lifted", () => {
    const banned = (): Script => learns(live(), [ban("address:alice")]).says(2, everyone, 1, "one");
    broken("house", () => banned().hands(10, one));
    holds(() => banned().hands(10, { type: "error", payload: { code: "banned", retryable: false } }));
    holds(() => learns(banned(), [{ kind: "ban", key: "address:alice" }]).hands(10, one));
  });
  test("a hub that begins knows the bans that are kept", () => {
    const begins = (): Script =>
      keeps(live(), [ban("user:1")])
        .see({ type: "hubBegan" })
        .says(2, everyone, 1, "one");
    broken("house", () => begins().hands(10, one));
  });
  test("whoever is put out has no connection left", () => {
    broken("house", () => learns(arrived(), [], "kick"));
    holds(() => learns(arrived().see(hungUp), [], "kick"));
    holds(() => learns(arrived(), [], "kick", "bob"));
  });
});

describe("house: what is announced", () => {
  const arrived = (): Script => live().see({ type: "arrived", wire: 10 });
  const announcement = { type: "announcement", payload: { message: "soon", from: "bob", at: now } };
  const what = { type: "announce", message: "soon" } as const;
  const made = (it: Script): Script =>
    keeps(it.see({ type: "ordered", order: 1, what }), [], "announce", "everyone");
  /** The one thing that is handed over, and that it is told, are of one moment. */
  const atOnce = (it: Script): Script =>
    it.together(() => learns(it.hands(10, announcement), [], "announce"));

  test("reaches all who are in", () => {
    holds(() => atOnce(made(arrived())));
    broken("house", () => learns(made(arrived()), [], "announce"));
  });
  test("once", () => broken("house", () => atOnce(made(arrived())).hands(10, announcement)));
  test("if it was made, and kept", () => {
    broken("house", () => arrived().hands(10, announcement));
    broken("house", () => arrived().see({ type: "ordered", order: 1, what }).hands(10, announcement));
  });
  test("later, if somebody can't take it now", () => {
    const late = (): Script =>
      learns(made(arrived().see({ type: "queued", wire: 10, bytes: 9, own: 0 })), [], "announce");
    const settled = { type: "settled", online: ["alice/1"] } as const;
    broken("house", () => late().see(settled));
    holds(() => late().hands(10, announcement).see(settled));
    const empty = { type: "queued", wire: 10, bytes: 0, own: 0 } as const;
    broken("house", () => late().see(empty).see({ type: "calm" }));
    holds(() => {
      const it = late();
      return it.together(() => it.see(empty).hands(10, announcement)).see({ type: "calm" });
    });
  });
});

describe("house: the audit log", () => {
  const row = (id: number, action: string, by = "bob"): object => ({ id, by, action, about: "alice" });
  const page = (...lines: readonly object[]): object => ({
    type: "audit",
    id: 1,
    payload: { lines, more: false },
  });
  const done = (): Script => keeps(keeps(live(), [], "kick"), [], "ban").sends(10, { type: "audit", id: 1 });

  test("is what was done", () => {
    holds(() => done().hands(10, page(row(2, "ban"), row(1, "kick"))));
    broken("house", () => done().hands(10, page(row(2, "kick"), row(1, "ban"))));
    broken("house", () => done().hands(10, page(row(2, "ban", "alice"))));
    broken("house", () => done().hands(10, page(row(3, "ban"))));
  });
  test("all of it", () => {
    const lines = [row(1, "kick"), row(2, "ban")] as never[];
    holds(() => done().see({ type: "audited", lines }));
    broken("house", () => done().see({ type: "audited", lines: lines.slice(0, 1) }));
  });
  test("with what was done in rooms, and to what others wrote", () => {
    const deletion = { type: "deletion", target: 1 } as never;
    const taken = (by: number): Script => two().says(1, everyone, 1, "one").writes(by, everyone, 2, deletion);
    const lines = [row(1, "delete_message")] as never[];
    holds(() => taken(2).see({ type: "audited", lines }));
    holds(() => taken(1).see({ type: "audited", lines: [] }));
    broken("house", () => taken(1).see({ type: "audited", lines }));
  });
});

test("an act that was refused for good, and has no nonce, is in no log", () => {
  const no = { type: "error", id: 1, payload: { code: "silenced", message: "", retryable: false } };
  const refused = (): Script =>
    keeps(live(), [silence({ key: "2:1" })])
      .sends(10, say("hi", { id: 1 }))
      .hands(10, no);
  holds(refused);
  broken("L1", () => refused().stores(1, everyone, 1, "hi", { origin: 10 }));
  holds(() =>
    live()
      .sends(10, say("hi", { id: 1 }))
      .stores(1, everyone, 1, "hi", { origin: 10 })
      .hands(10, ack(1, "everyone", 1)),
  );
});
