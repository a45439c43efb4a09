// A crowd is told of who is here round by round: two connections here, the next two 10 ms later.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const everyMs = 1_000;
const names = ["ada", "bob", "cleo", "dan", "eve"] as const;
const secret = (name: string): string => `${name}-has-a-long-secret`;

/** Five who listen, and have heard that all of them are here. */
function crowd(): { readonly house: HubHouse; readonly wires: readonly Wire[] } {
  const house = new HubHouse({ presenceCrowd: 3, presenceRound: 2, presenceRoundMs: 10 });
  const wires = names.map((name) => house.enters("events", name, { token: secret(name) }));
  house.passes(2 * everyMs);
  for (const wire of wires) wire.heard();
  return { house, wires };
}

const told = (wires: readonly Wire[]): unknown[] =>
  wires.map((wire) => wire.heard().map(({ payload }) => payload));
const online = (count: number, ...users: string[]) => ({
  users: users.map((username) => ({ username, status: "online" })),
  count,
});

test("all are told the same once, two at a time", () => {
  const { house, wires } = crowd();
  house.enters("simple", "fay");
  house.passes(everyMs);
  const news = [online(6, "fay")];
  expect(told(wires)).toEqual([news, news, [], [], []]);
  house.passes(9);
  expect(told(wires)).toEqual([[], [], [], [], []]);
  house.passes(1);
  expect(told(wires)).toEqual([[], [], news, news, []]);
  house.passes(10);
  expect(told(wires)).toEqual([[], [], [], [], news]);
  house.passes(10 * everyMs);
  expect(told(wires)).toEqual([[], [], [], [], []]);
});

test("what changes meanwhile is told to all when they have been told this", () => {
  const { house, wires } = crowd();
  house.enters("simple", "fay");
  house.passes(everyMs);
  house.enters("simple", "gus");
  house.passes(20);
  const first = [online(6, "fay")];
  expect(told(wires)).toEqual([first, first, first, first, first]);
  house.passes(everyMs - 1);
  expect(told(wires)).toEqual([[], [], [], [], []]);
  house.passes(21);
  const second = [online(7, "gus")];
  expect(told(wires)).toEqual([second, second, second, second, second]);
});

test("whoever could not take it when their round came is told when they are back; who has gone is not", () => {
  const { house, wires } = crowd();
  const [, , cleo, dan, eve] = wires as [Wire, Wire, Wire, Wire, Wire];
  house.enters("simple", "fay");
  house.passes(everyMs);
  cleo.isCongested();
  eve.closes(false);
  house.passes(20);
  expect(told([cleo, dan, eve])).toEqual([[], [online(6, "fay")], []]);
  cleo.isDrained();
  expect(told([cleo])).toEqual([[{ count: 6 }]]);
});

test("whoever comes meanwhile knows it already", () => {
  const { house, wires } = crowd();
  house.enters("simple", "fay");
  house.passes(everyMs);
  const gus = house.enters("events", "gus");
  house.passes(20);
  expect(told([gus, ...wires.slice(4)])).toEqual([[], [online(6, "fay")]]);
});

test("whoever blocks somebody before their round comes does not hear of them", () => {
  const { house, wires } = crowd();
  const [ada, , , , eve] = wires as [Wire, Wire, Wire, Wire, Wire];
  ada.says('{"type":"set_status","payload":{"status":"busy"}}');
  house.passes(everyMs);
  eve.says('{"type":"block","payload":{"username":"ada"}}');
  eve.heard();
  house.passes(20);
  expect(told([eve])).toEqual([[{ count: 5 }]]);
});
