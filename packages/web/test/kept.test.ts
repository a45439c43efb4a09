import { expect, test } from "vitest";
import { openKept } from "../src/state/kept.js";
import type { Drawer } from "../src/state/storage.js";

function drawer(): Drawer & { readonly all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    read: (key) => all.get(key),
    write: (key, value) => void all.set(key, value),
    remove: (key) => void all.delete(key),
  };
}

const deed = { type: "message", conversation: "everyone", message: "hi" } as const;
const nonce = "019b0000-0000-7000-8000-000000000001";

test("drafts stay in the browser, what is under way and the place go with the tab", () => {
  const [lasting, passing] = [drawer(), drawer()];
  const kept = openKept(lasting, passing, () => "Bob");
  kept.drafts.write({ "@eve": "not yet" });
  kept.deeds.write([{ nonce, deed }]);
  kept.places.write({ "#dev": 41 });
  expect([...lasting.all.keys()]).toEqual(["chat.drafts.bob"]);
  const again = openKept(lasting, passing, () => "bob");
  expect(again.drafts.read()).toEqual({ "@eve": "not yet" });
  expect(again.deeds.read()).toEqual([{ nonce, deed }]);
  expect(again.places.read()).toEqual({ "#dev": 41 });
});

test("what is empty leaves nothing behind", () => {
  const lasting = drawer();
  const { drafts } = openKept(lasting, drawer(), () => "bob");
  drafts.write({ everyone: "x" });
  drafts.write({});
  expect(lasting.all.size).toBe(0);
});

test("what is spoiled, or of an older page, is as if it were not there", () => {
  const [lasting, passing] = [drawer(), drawer()];
  const kept = openKept(lasting, passing, () => "bob");
  for (const spoiled of [
    "",
    "{",
    "null",
    "7",
    '"x"',
    "[7]",
    '[{"nonce":1}]',
    '[{"nonce":"n","to":"bob","message":"x"}]',
  ]) {
    passing.write("chat.unsent.bob", spoiled);
    passing.write("chat.places.bob", spoiled);
    lasting.write("chat.drafts.bob", spoiled);
    expect(kept.deeds.read(), spoiled).toEqual([]);
    expect(kept.places.read(), spoiled).toEqual({});
    expect(kept.drafts.read(), spoiled).toEqual({});
  }
  lasting.write("chat.drafts.bob", '{"everyone":7,"@eve":"x"}');
  expect(kept.drafts.read()).toEqual({ "@eve": "x" });
});
