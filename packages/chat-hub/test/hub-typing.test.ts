// Who is writing: passed on at once, at most once in three seconds, and never to whoever is not to know.

import { expect, test } from "vitest";
import { beginning, HubHouse } from "./hub-house.js";

const typing = (conversation: string, on = true): string =>
  `{"type":"typing","payload":{"conversation":"${conversation}"${on ? "" : ',"on":false'}}}`;
const token = "alice-has-a-long-secret";

function three() {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice", { token });
  const bob = house.enters("events", "bob", { token: "bob-has-a-long-secret" });
  const carol = house.enters("simple", "carol");
  house.passes(1_000);
  for (const wire of [alice, bob, carol]) wire.heard();
  return { house, alice, bob, carol };
}

const told = (conversation: string, username: string, on: boolean) => ({
  type: "typing",
  payload: { conversation, username, on },
});

test("to everyone: told to all events connections but the one that types, and never stored", () => {
  const { house, alice, bob, carol } = three();
  const phone = house.enters("events", "alice", { token });
  house.calls.length = 0;
  alice.says(typing("everyone"));
  expect(bob.heard()).toEqual([told("everyone", "alice", true)]);
  expect(phone.heard()).toEqual([told("everyone", "alice", true)]);
  expect([alice.heard(), carol.heard(), house.calls]).toEqual([[], [], []]);
});

test("at most once in 3 s; the end at once, and only if there was a beginning", () => {
  const { house, alice, bob } = three();
  alice.says(typing("everyone", false));
  expect(bob.heard()).toEqual([]);
  for (let tenths = 0; tenths < 60; tenths += 1) {
    alice.says(typing("everyone"));
    house.passes(100);
  }
  expect(bob.heard()).toEqual([told("everyone", "alice", true), told("everyone", "alice", true)]);
  alice.says(typing("everyone", false), typing("everyone", false));
  expect(bob.heard()).toEqual([told("everyone", "alice", false)]);
});

test("on and off in a storm: two frames in 3 s", () => {
  const { alice, bob } = three();
  for (let n = 0; n < 100; n += 1) alice.says(typing("everyone"), typing("everyone", false));
  expect(bob.heard()).toEqual([told("everyone", "alice", true), told("everyone", "alice", false)]);
});

test("after 6 s it is forgotten, so its end is nothing to tell", () => {
  const { house, alice, bob } = three();
  alice.says(typing("everyone"));
  bob.heard();
  house.passes(6_000);
  alice.says(typing("everyone", false));
  expect(bob.heard()).toEqual([]);
});

test("conversations are counted each for itself", () => {
  const { alice, bob } = three();
  alice.says(typing("everyone"), typing("@bob"));
  expect(bob.heard()).toEqual([told("everyone", "alice", true), told("@alice", "alice", true)]);
});

test("privately: only the other side hears it; of a name that nobody has here nothing comes", () => {
  const { house, alice, bob } = three();
  const dave = house.enters("events", "dave");
  alice.says(typing("@Bob"), typing("@nobody"), typing("@bob~1"), typing("@alice"));
  expect(bob.heard()).toEqual([told("@alice", "alice", true)]);
  expect([dave.heard(), alice.heard()]).toEqual([[], []]);
});

test("with an id it is acked, whoever hears it", () => {
  const { alice } = three();
  alice.says('{"type":"typing","id":1,"payload":{"conversation":"@nobody"}}');
  alice.says('{"type":"typing","id":2,"payload":{"conversation":"everyone","on":false}}');
  expect(alice.heard()).toEqual([
    { type: "ack", id: 1, payload: { conversation: "@nobody", at: beginning + 1_000 } },
    { type: "ack", id: 2, payload: { conversation: "everyone", at: beginning + 1_000 } },
  ]);
});

test("in a room: its members hear it; whoever is not in it is refused", () => {
  const { house, alice, bob } = three();
  const dave = house.enters("events", "dave");
  alice.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
  alice.says('{"type":"create_room","payload":{"conversation":"#secret","visibility":"private"}}');
  bob.says('{"type":"join_room","payload":{"conversation":"#dev"}}');
  for (const wire of [alice, bob, dave]) wire.heard();
  alice.says(typing("#dev"));
  expect(bob.heard()).toEqual([told("#dev", "alice", true)]);
  dave.says('{"type":"typing","id":1,"payload":{"conversation":"#dev"}}');
  dave.says('{"type":"typing","id":2,"payload":{"conversation":"#secret"}}');
  dave.says('{"type":"typing","id":3,"payload":{"conversation":"#nowhere"}}');
  expect(dave.heard().map(({ id, payload }) => [id, payload?.["code"]])).toEqual([
    [1, "not_member"],
    [2, "unknown_conversation"],
    [3, "unknown_conversation"],
  ]);
  expect([alice.heard(), bob.heard()]).toEqual([[], []]);
});

test("nobody types in an archived room", () => {
  const { alice } = three();
  alice.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
  alice.says('{"type":"archive_room","payload":{"conversation":"#dev"}}');
  alice.heard();
  alice.says('{"type":"typing","id":1,"payload":{"conversation":"#dev"}}');
  expect(alice.heard()).toMatchObject([{ type: "error", payload: { code: "archived" } }]);
});

test("a block keeps it from both of the two, and from nobody else", () => {
  const { house, alice, bob } = three();
  const dave = house.enters("events", "dave");
  bob.says('{"type":"block","payload":{"username":"alice"}}');
  for (const wire of [alice, bob, dave]) wire.heard();
  alice.says(typing("everyone"), typing("@bob"));
  bob.says(typing("everyone"), typing("@alice"));
  expect([alice.heard(), bob.heard()]).toEqual([[], []]);
  expect(dave.heard()).toEqual([told("everyone", "alice", true), told("everyone", "bob", true)]);
  bob.says('{"type":"block","payload":{"username":"alice","on":false}}');
  house.passes(6_000);
  for (const wire of [alice, bob]) wire.heard();
  alice.says(typing("@bob"));
  expect(bob.heard()).toEqual([told("@alice", "alice", true)]);
});

test("whoever is behind is not told what will be over when they are back", () => {
  const { alice, bob } = three();
  bob.isCongested();
  alice.says(typing("everyone"), typing("@bob"));
  bob.isDrained();
  expect(bob.heard()).toEqual([]);
});

test("where more than 500 listen nobody hears it", () => {
  const house = new HubHouse({ rates: undefined, typingCrowd: 3 });
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  house.enters("simple", "carol");
  alice.says(typing("everyone"));
  expect(bob.heardTypes()).toEqual(["typing"]);
  house.enters("simple", "dave");
  house.passes(3_000);
  bob.heard();
  alice.says(typing("everyone"));
  expect(bob.heard()).toEqual([]);
});

test("who has left without a word is forgotten in 6 s; their end is not told by whoever has their name then", () => {
  const { house, carol, bob } = three();
  carol.closes(true);
  const again = house.enters("events", "carol");
  bob.heard();
  again.says(typing("everyone"));
  again.closes(true);
  house.enters("events", "carol").says(typing("everyone", false));
  expect(bob.heard().filter(({ type }) => type === "typing")).toEqual([told("everyone", "carol", true)]);
});

test("who has said something and writes on is told of at once", () => {
  const { alice, bob } = three();
  alice.says(typing("everyone"), '{"type":"send_message","payload":{"message":"hi"}}', typing("everyone"));
  expect(bob.heard().map(({ type }) => type)).toEqual(["typing", "new_message", "typing"]);
});
