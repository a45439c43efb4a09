// What whoever runs a hub may look at: who is here, and what was counted.

import { expect, test } from "vitest";
import { HubHouse } from "./hub-house.js";

const here = "192.0.2.7";

test("an empty house has nobody in it and has counted nothing", () => {
  expect(new HubHouse().census()).toEqual({
    connections: { simple: 0, events: 0 },
    ...{ unnamed: 0, behind: 0, paused: 0, users: 0, rooms: 0, appendBacklog: 0 },
    messages: { everyone: 0, private: 0, room: 0 },
    logins: { letIn: 0, refused: 0 },
    refusals: {},
    closings: {},
  });
});

test("connections count by dialect, users once, and who has gone no more", () => {
  const house = new HubHouse();
  const token = "alice-has-a-long-secret";
  house.enters("events", "alice", { token });
  const second = house.enters("simple", "alice", { token });
  house.enters("simple", "bob");
  house.connects("events");
  expect(house.census()).toMatchObject({ connections: { simple: 2, events: 2 }, unnamed: 1, users: 2 });
  second.closes(true);
  expect(house.census()).toMatchObject({ connections: { simple: 1, events: 2 }, users: 2 });
});

test("messages count where they were said, once however often they are sent; refusals by their code", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice", { token: "alice-has-a-long-secret" });
  house.enters("events", "bob");
  const once = '{"type":"send_message","payload":{"message":"hi","nonce":"0123456789abcdef"}}';
  alice.says(
    ...[once, once],
    '{"type":"private_message","payload":{"message":"hi","to":"bob"}}',
    '{"type":"create_room","payload":{"conversation":"#dev"}}',
    '{"type":"send_message","payload":{"message":"hi","conversation":"#dev"}}',
    '{"type":"send_message","payload":{"message":"hi","conversation":"#nowhere"}}',
    "no JSON",
    "no JSON either",
  );
  const { messages, refusals, rooms } = house.census();
  expect(messages).toEqual({ everyone: 1, private: 1, room: 1 });
  expect(refusals).toEqual({ unknown_conversation: 1, malformed: 2 });
  expect(rooms).toBe(1);
});

test("logins count by what came of them, and connections that the house ends by why", () => {
  const house = new HubHouse();
  house.enters("events", "alice");
  house.connects("simple", { username: "alice" });
  house.connects("events", { username: "not a name" });
  const { logins, closings, refusals } = house.census();
  expect(logins).toEqual({ letIn: 1, refused: 2 });
  expect(closings).toEqual({ nameTaken: 1 });
  expect(refusals).toEqual({ name_taken: 1, bad_name: 1 });
});

test("who can't keep up, who is not read, and what the store has not answered are told as long as it is so", () => {
  const house = new HubHouse({ inboxFrames: 1 });
  const alice = house.enters("events", "alice");
  const bob = house.connects("events", { username: "bob" }, here);
  bob.isCongested();
  house.isSlow = true;
  alice.says('{"type":"send_message","payload":{"message":"12345"}}');
  expect(house.census()).toMatchObject({ behind: 1, paused: 0, appendBacklog: 5 });
  house.isSlow = false;
  house.answers();
  bob.isDrained();
  house.answers();
  expect(house.census()).toMatchObject({ behind: 0, appendBacklog: 0 });
  const ping = '{"type":"ping"}';
  bob.says(...Array.from({ length: 300 }, () => ping));
  expect(house.census().paused).toBe(1);
  house.passes(60_000);
  expect(house.census().paused).toBe(0);
});
