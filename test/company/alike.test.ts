// What one does, all see alike: client cores against the hub and the memory store.

import type { ViewLine } from "chat-hub";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Company, Person } from "./company.js";
import { allShow, company, names } from "./company.js";

/** A line as everybody sees it. */
function common(line: ViewLine): object {
  if (line.kind === "hole") return line;
  if (line.kind === "room") {
    const { own, nonce, ...what } = line.what;
    return what;
  }
  const { key, own, mentioned, nonce, ...message } = line;
  const reactions = message.reactions?.map(({ emoji, count }) => ({ emoji, count }));
  return { ...message, ...(reactions === undefined ? {} : { reactions }) };
}

test("a room from its making to being put out of it, as three people see it", () => {
  const them = company();
  const { alice, bob, carol, settle } = them;
  alice.does({ type: "create", conversation: "#Dev", topic: "work" });
  settle();
  bob.does({ type: "join", conversation: "#dev" });
  carol.does({ type: "join", conversation: "#dev" });
  settle();
  allShow(them, "#dev");
  alice.says("#dev", "hello @bob");
  settle();
  const [hello] = bob.messages("#dev");
  expect(hello).toMatchObject({ message: "hello @bob", mentioned: true, own: false });
  expect(bob.standings.get("#dev")).toMatchObject({ unread: 1, mentions: 1, role: "member" });
  const target = hello?.seq ?? 0;
  bob.does({ type: "reaction", conversation: "#dev", target, emoji: "👍", on: true });
  bob.does({ type: "message", conversation: "#dev", message: "hi", replyTo: target });
  alice.does({ type: "edit", conversation: "#dev", target, message: "hello all" });
  alice.does({ type: "pin", conversation: "#dev", target, on: true });
  alice.does({ type: "role", conversation: "#dev", username: "bob", role: "moderator" });
  settle();
  for (const person of them.people) {
    expect(person.messages("#dev")[0]).toMatchObject({
      ...{ message: "hello all", version: 2, pinned: true, replies: 1 },
      reactions: [{ emoji: "👍", count: 1 }],
    });
  }
  expect(bob.standings.get("#dev")?.role).toBe("moderator");
  bob.does({ type: "kick", conversation: "#dev", username: "carol" });
  settle();
  expect(carol.standings.has("#dev")).toBe(false);
  carol.says("#dev", "still here?");
  settle();
  expect(carol.refused).toEqual(["not_member"]);
  expect(alice.views.get("#dev")?.lines.map(common)).toEqual(bob.views.get("#dev")?.lines.map(common));
});

test("reading is seen by the other side, and on one's own counts, at once and after a cut", () => {
  const them = company();
  const { alice, bob, settle } = them;
  alice.says("@bob", "psst");
  settle();
  expect(bob.standings.get("@alice")).toMatchObject({ unread: 1 });
  alice.feed({ type: "shown", conversation: "@bob" });
  bob.feed({ type: "shown", conversation: "@alice" });
  settle();
  bob.feed({ type: "typed", conversation: "@alice", on: true });
  settle();
  expect(alice.typists).toEqual(["bob"]);
  bob.feed({ type: "read", conversation: "@alice", seq: bob.messages("@alice")[0]?.seq ?? 0 });
  alice.cut();
  settle();
  const line = alice.messages("@bob")[0];
  expect(alice.views.get("@bob")?.receipts.find(({ username }) => username === "bob")).toMatchObject({
    read: line?.seq,
  });
  expect(bob.standings.get("@alice")).toMatchObject({ unread: 0 });
});

const dice = fc.nat(99);
const step = fc.tuple(
  fc.constantFrom(
    ...["say", "say", "reply", "edit", "delete", "react", "react", "pin", "topic", "take", "take"],
    ...["cut", "back", "leave", "join", "read", "reach", "hide", "kick", "settle"],
  ),
  dice,
  dice,
);
const emojis = ["👍", "🎉"];

function act(person: Person, name: string, roll: number): void {
  const conversation = roll % 3 === 0 ? "everyone" : "#dev";
  const lines = person.messages(conversation);
  const line = lines[lines.length - 1 - (roll % Math.max(1, lines.length))];
  const target = line?.seq ?? 1;
  if (name === "say") person.says(conversation, `said ${roll}${roll % 5 === 0 ? " @bob" : ""}`);
  if (name === "reply") person.does({ type: "message", conversation, message: "re", replyTo: target });
  if (name === "edit") person.does({ type: "edit", conversation, target, message: `edited ${roll}` });
  if (name === "delete") person.does({ type: "deletion", conversation, target });
  if (name === "pin") person.does({ type: "pin", conversation: "#dev", target, on: roll % 2 === 0 });
  if (name === "topic") person.does({ type: "topic", conversation: "#dev", topic: `topic ${roll}` });
  if (name === "leave" || name === "join") person.does({ type: name, conversation: "#dev" });
  if (name === "kick") person.does({ type: "kick", conversation: "#dev", username: names[roll % 3] ?? "" });
  if (name === "react") {
    const emoji = emojis[roll % 2] ?? "";
    const mine = line?.reactions?.some((row) => row.emoji === emoji && row.mine) === true;
    person.does({ type: "reaction", conversation, target, emoji, on: !mine });
  }
  if (name === "take") person.takes(roll % 5);
  if (name === "cut") person.cut();
  if (name === "back") person.feed({ type: "woken" });
  if (name === "read" && line !== undefined) person.feed({ type: "read", conversation, seq: target });
  if (name === "reach") person.feed({ type: "reached", conversation, edge: "start" });
  if (name === "hide") person.feed({ type: "hidden", conversation });
}

/** Everything of both conversations is here, for whoever is in them. */
function readAll(them: Company): void {
  for (const conversation of ["everyone", "#dev"]) allShow(them, conversation);
  for (let turn = 0; turn < 40; turn += 1) {
    for (const person of them.people) {
      for (const conversation of ["everyone", "#dev"]) {
        const lines = person.views.get(conversation)?.lines ?? [];
        const edge = lines.some(({ kind }) => kind === "hole") ? "holeAbove" : "start";
        person.feed({ type: "reached", conversation, edge });
      }
    }
    for (let busy = true; busy; )
      busy = them.people.map((person) => person.takes()).some((count) => count > 0);
  }
}

test("whatever people do, and whenever they are cut off: at last all see the same, and count what they have not read", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: "max" }), (script) => {
      const them = company();
      const { alice, bob, people, settle } = them;
      alice.does({ type: "create", conversation: "#dev" });
      settle();
      for (const person of people) person.does({ type: "join", conversation: "#dev" });
      for (const conversation of ["everyone", "#dev"]) allShow(them, conversation);
      for (const [name, who, roll] of script) {
        if (name === "settle") settle();
        else act(people[who % 3] as Person, name, roll);
      }
      for (const person of people) person.feed({ type: "woken" });
      settle();
      readAll(them);
      const everyone = alice.views.get("everyone")?.lines.map(common);
      for (const person of people) {
        expect(person.views.get("everyone")?.lines.map(common)).toEqual(everyone);
        expect(person.views.get("everyone")?.start).toBe("all");
      }
      const members = people.filter((person) => person.standings.has("#dev"));
      const room = members[0]?.views.get("#dev")?.lines.map(common);
      for (const person of members) expect(person.views.get("#dev")?.lines.map(common)).toEqual(room);
      for (const person of people) {
        for (const [conversation, { read, unread }] of person.standings) {
          const left = person.messages(conversation).filter(({ seq, deleted }) => seq > read && !deleted);
          expect([conversation, unread]).toEqual([conversation, left.length]);
        }
      }
      expect(bob.standings.has("everyone")).toBe(true);
    }),
    { numRuns: 60 },
  );
});
