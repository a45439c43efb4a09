// Fault 28: everybody who has no right to what is said in a room tries every way to it: pages, threads,
// pins, searches, reactions, resume. What reaches whom is held against when they were members. (Each
// cell of the table of rights is tried by test/wire/rights.test.ts.)

import type { Fault } from "../fault.ts";
import type { Server } from "../load/server.ts";
import type { Visitor } from "../load/visitor.ts";
import { visit, visitKept } from "../load/visitor.ts";
import { timesOf, whileUsersChat } from "./company.ts";

/** Which of what was said they may hear: before they came, while they were there, after it was over. */
const mayHear = {
  owner: ["before", "while", "after"],
  moderator: ["while", "after"],
  member: ["while", "after"],
  invited: [],
  former: ["while"],
  banned: ["while"],
  stranger: [],
  nobody: [],
} as const satisfies Record<string, readonly string[]>;
type Standing = keyof typeof mayHear;
const standings = Object.keys(mayHear) as Standing[];

/** `word` is what was said, `room` where; each is a way to read it. */
const ways = (room: string, word: string): readonly (readonly [type: string, payload: object])[] => [
  ["history", { conversation: room, limit: 1_000 }],
  ["history", { conversation: room, after: 0 }],
  ["history", { conversation: room, around: 4 }],
  ["log", { conversation: room, after: 0 }],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((message_seq): [string, object][] => [
    ["thread", { conversation: room, message_seq }],
    ["reactions", { conversation: room, message_seq }],
    ["react", { conversation: room, message_seq, emoji: "👀" }],
    ["edit_message", { conversation: room, message_seq, message: "mine now" }],
  ]),
  ["pins", { conversation: room }],
  ["search", { query: word }],
  ["search", { query: `${word} in:${room}` }],
  ["search", { query: "from:owner" }],
  ["members", { conversation: room }],
  ["receipts", { conversation: room }],
  ["read", { conversation: room, seq: 9 }],
  ["send_message", { conversation: room, message: "let me in", reply_to: 5 }],
  ["conversations", {}],
  ["rooms", {}],
];

export const rights: Fault = {
  number: 28,
  name: "whoever is not in a room tries every way to what is said there, resume and search included",
  seconds: 8,
  run: (_seed, size) =>
    whileUsersChat(size, ["--limits", "off"], async (server) => {
      const broken: string[] = [];
      const times = timesOf(size, { short: 1, long: 20 });
      let tried = 0;
      for (const time of times) {
        const { leaks, tries } = await besiege(server, `r${time}`);
        broken.push(...leaks);
        tried += tries;
      }
      const injected = `${tried.toLocaleString("en")} tries by ${standings.length} kinds of people in ${times.length} rooms`;
      return { injected, broken, notes: ["each cell of the table: test/wire/rights.test.ts"] };
    }),
};

async function besiege({ url }: Server, run: string): Promise<{ leaks: string[]; tries: number }> {
  const room = `#${run}`;
  const word = `secret${run}`;
  const people = new Map<Standing, Visitor[]>();
  for (const standing of standings) {
    const entered = standing === "nobody" ? visit(url) : visitKept(url, `${standing}-${run}`);
    people.set(standing, [await entered]);
  }
  const one = (standing: Standing): Visitor => people.get(standing)?.[0] as Visitor;
  const owner = one("owner");
  const says = (when: string) =>
    owner.does("send_message", { conversation: room, message: `${word} ${when}` });

  await owner.does("create_room", { conversation: room, visibility: "private", history: "since_join" });
  await says("before");
  for (const standing of ["moderator", "member", "former", "banned"] as const) {
    const username = `${standing}-${run}`;
    await owner.does("invite", { conversation: room, username });
    await one(standing).does("join_room", { conversation: room });
  }
  await owner.does("set_role", { conversation: room, username: `moderator-${run}`, role: "moderator" });
  const { seq } = await says("while");
  await one("member").does("send_message", { conversation: room, message: "so?", reply_to: seq });
  await owner.does("pin", { conversation: room, message_seq: seq });
  await owner.does("react", { conversation: room, message_seq: seq, emoji: "🔑" });
  await one("former").does("leave_room", { conversation: room });
  await owner.does("ban", { conversation: room, username: `banned-${run}` });
  await owner.does("invite", { conversation: room, username: `invited-${run}` });
  await says("after");

  let tries = 0;
  for (const standing of standings) {
    if (standing !== "nobody") {
      const since = { since: `${run}:0,*:0` };
      people.get(standing)?.push(await visitKept(url, `${standing}-${run}`, since));
    }
    for (const visitor of people.get(standing) ?? []) {
      await Promise.all(ways(room, word).map(([type, payload]) => visitor.ask(type, payload)));
      tries += ways(room, word).length;
    }
  }
  const leaks = standings.flatMap((standing) => leaksTo(standing, people.get(standing) ?? [], word));
  for (const visitor of [...people.values()].flat()) visitor.breaks();
  return { leaks, tries };
}

/** What they heard must be exactly what they may. */
function leaksTo(standing: Standing, visitors: readonly Visitor[], word: string): readonly string[] {
  const heard = visitors.flatMap((visitor) => visitor.heard).join("\n");
  const may: readonly string[] = mayHear[standing];
  return ["before", "while", "after"].flatMap((when) => {
    const isHeard = heard.includes(`${word} ${when}`);
    if (isHeard === may.includes(when)) return [];
    return [`${standing} ${isHeard ? "heard" : "did not hear"} what was said ${when}`];
  });
}
