// How people look: a status and words about it; whoever is invisible looks as if they were not here.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { beginning, HubHouse } from "./hub-house.js";

const token = "bob-has-a-long-secret";

/** Two who have heard of each other. */
function two(): { house: HubHouse; alice: Wire; bob: Wire } {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob", { token })];
  house.passes(250);
  alice.heard();
  bob.heard();
  return { house, alice, bob };
}

test("a status and its words are told to all, and stand in users, members and whois", () => {
  const { house, alice, bob } = two();
  bob.says('{"type":"set_status","id":1,"payload":{"status":"busy","text":"in a meeting"}}');
  expect(bob.heard()).toEqual([{ type: "ack", id: 1, payload: { at: beginning + 250 } }]);
  house.passes(250);
  const row = { username: "bob", status: "busy", text: "in a meeting" };
  expect(alice.heard()).toEqual([{ type: "presence", payload: { users: [row], count: 2 } }]);
  alice.says('{"type":"users","id":2}', '{"type":"whois","id":3,"payload":{"username":"bob"}}');
  expect(alice.heard()).toEqual([
    {
      type: "users",
      id: 2,
      payload: { users: [{ username: "alice", status: "online" }, row], count: 2, more: false },
    },
    { type: "whois", id: 3, payload: { ...row, kept: true } },
  ]);
});

test("what is not said of a status stays, also against what is not answered yet", () => {
  const { house, alice, bob } = two();
  house.isSlow = true;
  bob.says('{"type":"set_status","payload":{"text":"lunch"}}');
  bob.says('{"type":"set_status","payload":{"status":"away"}}');
  house.answers();
  house.passes(250);
  expect(alice.heard()).toEqual([
    {
      type: "presence",
      payload: { users: [{ username: "bob", status: "away", text: "lunch" }], count: 2 },
    },
  ]);
});

test("a status that is taken back before it is announced is nothing to tell", () => {
  const { house, alice, bob } = two();
  bob.says('{"type":"set_status","payload":{"status":"busy"}}');
  bob.says('{"type":"set_status","payload":{"status":"online"}}');
  house.passes(1_000);
  expect(alice.heard()).toEqual([]);
});

test("a status is as it was when its user comes back", () => {
  const { house, alice, bob } = two();
  bob.says('{"type":"set_status","payload":{"status":"busy","text":"head down"}}');
  house.passes(250);
  bob.closes(true);
  house.passes(250);
  alice.heard();
  const back = house.connects("events", { username: "bob", token });
  house.passes(250);
  expect(back.heard()[0]).toMatchObject({
    type: "welcome",
    payload: { settings: { status: "busy", text: "head down", reading: "shared" } },
  });
  expect(alice.heard()).toEqual([
    {
      type: "presence",
      payload: { users: [{ username: "bob", status: "busy", text: "head down" }], count: 2 },
    },
  ]);
});

test("whoever becomes invisible goes, as far as others can tell", () => {
  const { house, alice, bob } = two();
  house.passes(59_750);
  bob.says('{"type":"set_status","payload":{"status":"invisible","text":"still here"}}');
  house.passes(250);
  expect(alice.heard()).toEqual([
    { type: "presence", payload: { users: [{ username: "bob", status: "offline" }], count: 1 } },
  ]);
  alice.says(
    '{"type":"users","id":1}',
    '{"type":"whois","id":2,"payload":{"username":"bob"}}',
    '{"type":"private_message","id":3,"payload":{"message":"hi","to":"bob"}}',
    '{"type":"members","id":4,"payload":{"conversation":"@bob"}}',
  );
  expect(alice.heard()).toMatchObject([
    { type: "users", payload: { users: [{ username: "alice" }], count: 1 } },
    {
      type: "whois",
      id: 2,
      payload: { username: "bob", kept: true, status: "offline", seen: beginning + 60_000 },
    },
    { type: "ack", payload: { recipient: "away" } },
    { type: "new_message" },
    {
      type: "members",
      payload: {
        members: [
          { username: "alice", status: "online" },
          { username: "bob", status: "offline" },
        ],
      },
    },
  ]);
  expect(bob.heardTypes()).toContain("new_message");
});

test("an invisible person comes, types, leaves and is lost without a word to others", () => {
  const { house, alice, bob } = two();
  bob.says('{"type":"set_status","payload":{"status":"invisible"}}');
  house.passes(60_000);
  const seen = beginning + 250;
  alice.heard();
  bob.says('{"type":"typing","payload":{"conversation":"everyone"}}');
  bob.says('{"type":"typing","payload":{"conversation":"@alice"}}');
  bob.closes(false);
  house.passes(60_000);
  const back = house.connects("events", { username: "bob", token });
  house.passes(60_000);
  expect(back.heard()[0]).toMatchObject({ payload: { here: 1, settings: { status: "invisible" } } });
  back.closes(true);
  house.passes(60_000);
  expect(alice.heard()).toEqual([]);
  alice.says('{"type":"whois","id":1,"payload":{"username":"bob"}}');
  expect(alice.heard()).toMatchObject([{ payload: { status: "offline", seen } }]);
});

test("whoever shows themselves again comes", () => {
  const { house, alice, bob } = two();
  bob.says('{"type":"set_status","payload":{"status":"invisible"}}');
  house.passes(250);
  alice.heard();
  bob.says('{"type":"set_status","payload":{"status":"away"}}');
  house.passes(250);
  expect(alice.heard()).toEqual([
    { type: "presence", payload: { users: [{ username: "bob", status: "away" }], count: 2 } },
  ]);
});

test("whois tells when somebody was here last, once they are not", () => {
  const { house, alice, bob } = two();
  house.passes(4_750);
  bob.closes(false);
  alice.says('{"type":"whois","id":1,"payload":{"username":"@Bob"}}');
  house.passes(20_000);
  alice.says('{"type":"whois","id":2,"payload":{"username":"bob"}}');
  alice.says('{"type":"whois","id":3,"payload":{"username":"nobody"}}');
  expect(alice.heard().filter(({ type }) => type !== "presence")).toMatchObject([
    { id: 1, payload: { username: "bob", status: "online", kept: true } },
    { id: 2, payload: { status: "offline", seen: beginning + 5_000 } },
    { id: 3, type: "error", payload: { code: "unknown_user" } },
  ]);
});
