// Who may do what: every cell of PROTOCOL.md's tables of rights, tried on a real server by somebody who
// stands so. A room is made for each row; whoever may do least tries it first. Beside the columns of the
// tables: whoever looks after the house, and those who may only read.

import type { CommandType, NameKey, RefusalCode, RoomStanding } from "chat-hub";
import { describe, expect, test } from "vitest";
import type { Column, RightsRow, Room } from "../documents/rights-cells.js";
import { columns, plainCells, rightsRows, verdict } from "../documents/rights-cells.js";
import type { House, StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Frame, Talker } from "../support/talker.js";

/** Somebody who asks many things at once; each is answered with its id. */
class Asker {
  readonly name: string;
  readonly #talker: Talker;
  readonly #waiting = new Map<unknown, (answer: Frame) => void>();
  #asked = 0;

  constructor(name: string, talker: Talker) {
    this.name = name;
    this.#talker = talker;
    void this.#hear();
  }

  /** What answers it: `ack` or the frame's type, or the code of the refusal. */
  async tries(type: CommandType, payload: object): Promise<string> {
    const { type: answered, payload: told } = await this.#asks(type, payload);
    return answered === "error" ? (told as { code: string }).code : String(answered);
  }

  /** Does it, for it must be done. @returns its seq */
  async does(type: CommandType, payload: object): Promise<number> {
    const answer = await this.#asks(type, payload);
    expect(answer, `${this.name}, ${type}`).toMatchObject({ type: "ack" });
    return (answer["payload"] as { seq: number }).seq;
  }

  #asks(type: CommandType, payload: object): Promise<Frame> {
    this.#asked += 1;
    const id = this.#asked;
    const answer = new Promise<Frame>((resolve) => this.#waiting.set(id, resolve));
    this.#talker.says(JSON.stringify({ type, id, payload }));
    return answer;
  }

  /** Nothing may come for a long time, while others are asked. */
  async #hear(): Promise<void> {
    while (this.#talker.isOpen) {
      const frame = await this.#talker.next().catch(() => undefined);
      if (frame !== undefined) this.#waiting.get(frame["id"])?.(frame);
    }
    for (const answer of this.#waiting.values()) answer({ type: "the connection is closed" });
  }
}

const standings = columns.filter((column) => column !== "nobody");
type Standing = (typeof standings)[number];
/** Who may only read: in the room, and in the house, which is about what everybody can see. */
const readers = ["silenced", "hushed"] as const;
type Reader = (typeof readers)[number];
/** Who tries: as the tables have it, the warden, who is an admin and a stranger, and plain members who may only read. */
type Tryer = Column | "warden" | Reader;
const least = ["nobody", "warden", "stranger", "invited", "former", "banned"] as const;
const tryers: readonly Tryer[] = [...least, ...readers, "member", "moderator", "owner"];
type People = Readonly<Record<Standing | Reader | "warden" | "author" | "whom", Asker>>;

async function peopleOf(house: House): Promise<People> {
  const names = [...standings, ...readers, "warden", "author", "whom"] as const;
  const come = names.map(async (name) => {
    const talker = await house.events(name, `&token=${name}-has-a-long-secret`);
    return [name, new Asker(name, talker)] as const;
  });
  return Object.fromEntries(await Promise.all(come)) as People;
}

/** Somebody is brought to stand so to the room. */
async function brings(owner: Asker, who: Asker, standing: RoomStanding, conversation: string): Promise<void> {
  const done = { conversation, username: who.name };
  if (standing === "stranger") return;
  if (standing === "banned") return void (await owner.does("ban", done));
  await owner.does("invite", done);
  if (standing === "invited") return;
  await who.does("join_room", { conversation });
  if (standing === "former") await owner.does("kick", done);
  else if (standing !== "member") await owner.does("set_role", { ...done, role: standing });
}

interface Scene {
  readonly conversation: string;
  /** The message of somebody else, and each member's own. */
  readonly messages: ReadonlyMap<string, number>;
}

async function sceneOf(people: People, row: RightsRow, room: Room, name: string): Promise<Scene> {
  const { owner, author, whom } = people;
  const conversation = `#${name}`;
  await owner.does("create_room", { conversation, visibility: room.visibility });
  await brings(owner, author, "member", conversation);
  for (const standing of standings)
    if (standing !== "owner") await brings(owner, people[standing], standing, conversation);
  for (const reader of readers) await brings(owner, people[reader], "member", conversation);
  const { judged } = row;
  if (judged.by === "rules" && judged.whom !== undefined)
    await brings(owner, whom, judged.whom, conversation);
  const messages = new Map<string, number>();
  const writers = [author, people.member, people.silenced, people.hushed, people.moderator, owner];
  for (const person of writers)
    messages.set(person.name, await person.does("send_message", { conversation, message: "hello" }));
  await owner.does("silence", { conversation, username: "silenced" });
  if (room.archived) await owner.does("archive_room", { conversation });
  return { conversation, messages };
}

function payloadOf({ judged }: RightsRow, { conversation, messages }: Scene, who: string): object {
  const isOwn = judged.by === "rules" && judged.about === "own";
  const all = {
    conversation,
    message: "another text",
    message_seq: (isOwn ? messages.get(who) : undefined) ?? messages.get("author"),
    emoji: "👍",
    username: "whom",
    role: "moderator",
    topic: "another topic",
    seconds: 30,
    keep_s: 316_224_000,
    history: "since_join",
    query: `hello in:${conversation}`,
    seq: 1,
    after: 0,
  };
  return all;
}

/** Fields that would say something else to a command that has one of the same name. */
const without: Partial<Record<CommandType, readonly string[]>> = {
  archive_room: ["history"],
  members: ["after"],
  history: ["after"],
  thread: ["after"],
};

function fieldsFor(row: RightsRow, payload: object): object {
  const left = Object.entries(payload).filter(([field]) => !without[row.command]?.includes(field));
  const which = row.of === "invited or banned" ? { which: "banned" } : {};
  return { ...Object.fromEntries(left), ...which };
}

const rooms: readonly Room[] = [
  { visibility: "public", archived: false },
  { visibility: "public", archived: true },
  { visibility: "private", archived: false },
  { visibility: "private", archived: true },
];
const nameOf = ({ command, of = "" }: RightsRow): string => `${command} ${of}`.trim();

/** What others come to read; whoever may only read may take something back, and leave. */
const heard: readonly CommandType[] = ["send_message", "edit_message", "react", "set_topic", "invite"];

function verdictOn(row: RightsRow, who: Tryer, room: Room): RefusalCode | "may" {
  if (who === "warden") return verdict(row, "stranger", room) ?? "may";
  if (who !== "silenced" && who !== "hushed") return verdict(row, who, room) ?? "may";
  const isSilent = who === "silenced" || room.visibility === "public";
  // Whoever is silenced in the house makes no rooms at all.
  if (row.command === "create_room") return "silenced";
  return verdict(row, "member", room) ?? (isSilent && heard.includes(row.command) ? "silenced" : "may");
}

describe.each<StoreName>(["memory", "sqlite"])("%s", (store) => {
  test("every cell of rooms is as the table has it, for admins and for those who are silenced too", async () => {
    const house = await openHouse({ store, limits: { rates: undefined, loginMs: 120_000 } });
    const people = await peopleOf(house);
    const silent = new Asker("nobody", await house.connects("/ws"));
    const cases = rightsRows.flatMap((row, index) =>
      rooms.map((room) => ({
        row,
        room,
        name: `room-${index}-${room.visibility}-${room.archived ? "archived" : "open"}`,
      })),
    );
    const scenes = await Promise.all(cases.map(({ row, room, name }) => sceneOf(people, row, room, name)));
    for (const order of [
      { type: "role", who: "warden" as NameKey, role: "admin" },
      { type: "silence", who: "hushed" as NameKey, on: true, forSeconds: undefined, reason: "" },
    ] as const)
      expect(await house.orders(order)).toMatchObject({ ok: true });
    const tried = cases.map(async ({ row, name }, index) => {
      const verdicts: Partial<Record<Tryer, string>> = {};
      for (const tryer of tryers) {
        const person = tryer === "nobody" ? silent : people[tryer];
        const payload = fieldsFor(row, payloadOf(row, scenes[index] as Scene, person.name));
        const answer = await person.tries(row.command, payload);
        verdicts[tryer] = answer === "ack" || answer === row.command ? "may" : answer;
      }
      return [`${nameOf(row)} ${name}`, verdicts];
    });
    const expected = cases.map(({ row, room, name }) => {
      const cells = tryers.map((tryer) => [tryer, verdictOn(row, tryer, room)]);
      return [`${nameOf(row)} ${name}`, Object.fromEntries(cells)];
    });
    expect(Object.fromEntries(await Promise.all(tried))).toEqual(Object.fromEntries(expected));
  });

  test("every cell of everyone and of private conversations is as the table has it", async () => {
    const house = await openHouse({ store, limits: { rates: undefined } });
    const alice = new Asker("alice", await house.events("alice"));
    const bob = new Asker("bob", await house.events("bob"));
    for (const { command, of, everyone, private: inPrivate } of plainCells()) {
      const judged = rightsRows.find((row) => row.command === command && row.of === of) as RightsRow;
      for (const [conversation, code] of [
        ["everyone", everyone],
        ["@bob", inPrivate],
      ] as const) {
        const own = await alice.does("send_message", { conversation, message: "hello" });
        const theirs = conversation === "everyone" ? conversation : "@alice";
        const others = await bob.does("send_message", { conversation: theirs, message: "hello" });
        const messages = new Map([
          ["alice", own],
          ["author", others],
        ]);
        const payload = fieldsFor(judged, payloadOf(judged, { conversation, messages }, "alice"));
        const answer = await alice.tries(command, payload);
        const what = [command, of, conversation];
        expect([...what, answer === "ack" || answer === command ? "may" : answer]).toEqual([
          ...what,
          code ?? "may",
        ]);
      }
    }
  });
});
