// Laws of how everything is when all is at rest: L4.

import { describe, test } from "vitest";
import type { Script } from "./script.ts";
import { dev, everyone, line } from "./script.ts";
import { broken, create, holds, live, two } from "./trial.ts";

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
