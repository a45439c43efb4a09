// The suite of every store: whatever is asked, by whoever stands how to a room of whatever kind, is
// judged as the table of rights has it. Every cell is tried on a real store.

import type { Act, Facts, RoomStanding, Visibility } from "chat-hub";
import { isRole, refusalOf, rights, roomStandings } from "chat-hub";
import { describe, expect, test } from "vitest";
import type { Guest, House } from "../store-house.js";
import { aliceToken, creation } from "../store-house.js";
import type { Houses } from "../store-suite.js";

type What = keyof typeof rights;
type Of<Type> = Extract<Act, { readonly type: Type }>;

const tokenOf = (name: string) => `${name}-has-a-long-secret`;

interface Cell {
  readonly visibility: Visibility;
  readonly archived: boolean;
  readonly standing: RoomStanding;
  /** By whom is the message that it is about. */
  readonly whose: "own" | "others";
}

interface People {
  readonly alice: Guest;
  readonly bob: Guest;
  readonly eve: Guest;
}

async function threePeople(house: House): Promise<People> {
  return {
    alice: await house.enters("alice", aliceToken),
    bob: await house.enters("bob", tokenOf("bob")),
    eve: await house.enters("eve", tokenOf("eve")),
  };
}

/** A room of alice with a message of bob's, and eve standing to it as the cell says: the message it is about. */
async function setUp({ alice, bob, eve }: People, room: string, cell: Cell): Promise<number> {
  const { visibility, archived, standing, whose } = cell;
  await alice.makes(room, { visibility });
  await alice.invites("bob", room);
  await bob.joins(room);
  let { seq } = await bob.writes("bob's", { to: room });
  if (standing !== "stranger") await alice.invites("eve", room);
  if (standing !== "stranger" && standing !== "invited") {
    await eve.joins(room);
    if (whose === "own") ({ seq } = await eve.writes("eve's", { to: room }));
  }
  if (standing === "former") await eve.quits(room);
  if (standing === "banned") await alice.bans("eve", room);
  if (isRole(standing)) await alice.appoints("eve", standing, room);
  if (archived) await alice.does(room, { type: "archive", on: true });
  return seq;
}

function actOf(type: Act["type"], room: string, target: number): Act {
  const about = { target: target as Of<"edit">["target"] };
  const acts: { readonly [Type in Act["type"]]: Of<Type> } = {
    message: { type: "message", message: "hi" },
    edit: { type: "edit", ...about, message: "better" },
    deletion: { type: "deletion", ...about },
    reaction: { type: "reaction", ...about, emoji: "👍", on: true },
    pin: { type: "pin", ...about, on: true },
    create: creation(room) as Of<"create">,
    join: { type: "join" },
    leave: { type: "leave" },
    invite: { type: "invite", who: "bob" as Of<"invite">["who"] },
    kick: { type: "kick", who: "bob" as Of<"kick">["who"] },
    ban: { type: "ban", who: "bob" as Of<"ban">["who"], on: true },
    role: { type: "role", who: "bob" as Of<"role">["who"], role: "moderator" },
    topic: { type: "topic", topic: "news" },
    history: { type: "history", history: "since_join" },
    archive: { type: "archive", on: true },
    silence: { type: "silence", who: "bob" as Of<"silence">["who"], on: true },
    slow: { type: "slow", seconds: 30 },
    retention: { type: "retention", seconds: 300_000_000 },
  };
  return acts[type];
}

/** The code with which it is refused; nothing if it is done. */
async function verdict(eve: Guest, what: What, room: string, target: number): Promise<string | undefined> {
  const answer = await asked(eve, what, room, target);
  return answer.ok ? undefined : answer.code;
}

function asked(eve: Guest, what: What, room: string, target: number) {
  switch (what) {
    case "read":
      return eve.asksToRead(room);
    case "members":
      return eve.asksForMembers(room);
    case "outsiders":
      return eve.asksForMembers(room, "banned");
    default:
      return eve.asksTo(room, actOf(what, room, target));
  }
}

/** What the table says; the name of a room that is there is taken. */
function told(what: What, author: Guest, facts: Facts): string | undefined {
  return refusalOf(what, author.user, facts) ?? (what === "create" ? "room_taken" : undefined);
}

function cells(): Cell[] {
  const found: Cell[] = [];
  for (const visibility of ["public", "private"] as const)
    for (const archived of [false, true])
      for (const standing of roomStandings)
        for (const whose of ["own", "others"] as const) {
          const saidNothing = standing === "stranger" || standing === "invited";
          if (whose === "others" || !saidNothing) found.push({ visibility, archived, standing, whose });
        }
  return found;
}

export function rightsInRooms(house: Houses): void {
  describe("rights", () => {
    const whats = Object.keys(rights) as What[];

    test.each(cells())(
      "a $standing of a $visibility room, archived: $archived, about $whose",
      async (cell) => {
        const people = await threePeople(house());
        const { bob, eve } = people;
        const judge = async (what: What): Promise<void> => {
          const room = `#${what}`;
          const target = await setUp(people, room, cell);
          const isToBob = what === "invite" || what === "kick" || what === "ban" || what === "role";
          const facts: Facts = {
            place: { kind: "room", ...cell },
            kept: true,
            targetAuthor: cell.whose === "own" ? eve.user : bob.user,
            ...(isToBob ? { who: { user: bob.user, standing: "member", kept: true } } : {}),
          };
          expect([what, await verdict(eve, what, room, target)]).toEqual([what, told(what, eve, facts)]);
        };
        // Each in a room of its own, and all at once: they share commits.
        await Promise.all(whats.map(judge));
      },
    );

    test("of somebody without a token, in a public room and about a guest", async () => {
      const alice = await house().enters("alice", aliceToken);
      const [bob, eve] = [await house().enters("bob"), await house().enters("eve")];
      for (const what of whats) {
        const room = `#${what}`;
        await alice.makes(room);
        await bob.joins(room);
        const { seq } = await bob.writes("hi", { to: room });
        await eve.joins(room);
        const isToBob = what === "invite" || what === "kick" || what === "ban" || what === "role";
        const facts: Facts = {
          place: { kind: "room", visibility: "public", archived: false, standing: "member" },
          kept: false,
          targetAuthor: bob.user,
          ...(isToBob ? { who: { user: bob.user, standing: "member", kept: false } } : {}),
        };
        expect([what, await verdict(eve, what, room, seq)]).toEqual([what, told(what, eve, facts)]);
      }
    });

    test("in everyone and in private", async () => {
      const alice = await house().enters("alice", aliceToken);
      const bob = await house().enters("bob", tokenOf("bob"));
      for (const [where, back, kind] of [
        ["everyone", "everyone", "everyone"],
        ["@bob", "@alice", "private"],
      ] as const) {
        for (const what of whats) {
          const { seq } = await bob.writes("his", { to: back });
          const facts: Facts = { place: { kind }, kept: true, targetAuthor: bob.user };
          const code = refusalOf(what, alice.user, facts);
          expect([where, what, await verdict(alice, what, where, seq)]).toEqual([where, what, code]);
        }
      }
    });

    test.each([
      ["invite", "a guest", "token_needed"],
      ["ban", "a guest", "token_needed"],
      ["role", "a guest", "token_needed"],
      ["kick", "a guest", undefined],
      ["kick", "an owner", "forbidden"],
      ["ban", "an owner", "forbidden"],
      ["kick", "a moderator", "forbidden"],
      ["ban", "a moderator", "forbidden"],
    ] as const)("a moderator or owner: %s %s", async (type, whom, code) => {
      const here = house();
      const alice = await here.enters("alice", aliceToken);
      const eve = await here.enters("eve", tokenOf("eve"));
      const bob = await here.enters("bob", whom === "a guest" ? undefined : tokenOf("bob"));
      await alice.makes("#room");
      await eve.joins("#room");
      if (type !== "invite") await bob.joins("#room");
      if (whom !== "a guest")
        await alice.appoints("bob", whom === "an owner" ? "owner" : "moderator", "#room");
      await alice.appoints("eve", type === "role" ? "owner" : "moderator", "#room");
      expect(await verdict(eve, type, "#room", 1)).toBe(code);
    });

    test("who has no token makes no room and joins no private one", async () => {
      const [alice, guest] = [await house().enters("alice", aliceToken), await house().enters("guest")];
      expect(await guest.asksTo("#dev", creation("#dev"))).toEqual({ ok: false, code: "token_needed" });
      await alice.makes("#den", { visibility: "private" });
      const invitation = { type: "invite", who: "guest" } as never;
      expect(await alice.asksTo("#den", invitation)).toEqual({ ok: false, code: "token_needed" });
    });
  });
}
