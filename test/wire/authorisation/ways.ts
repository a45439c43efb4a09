// The ways to what was said: each with what it shows to whoever may know it all.

import type { Secret } from "./people.js";

export interface Way {
  /** What it shows to somebody who may know all that can be read. */
  readonly shows: readonly Secret[];
  /** The endpoint, with what is asked of it beside who asks. */
  readonly path: string;
  /** It shows some of what is read, or none. */
  readonly some?: true;
  /** Whoever may, is in #closed and #club afterwards. */
  readonly joins?: true;
  /** The command that is said then. */
  readonly asks?: { readonly type: string; readonly payload: object };
}

/** Where things stand that are asked for. */
export interface Places {
  readonly pinned: number;
  readonly head: number;
  readonly epoch: string;
  /** When it all began, by the clock of the server. */
  readonly began: number;
}

const said = ["before", "edited", "pinned", "after", "later"] as const satisfies readonly Secret[];
/** On messages as they stand. */
const stood = [...said, "key"] as const satisfies readonly Secret[];
/** What a replay tells of the room, its entries that are no messages included. */
const told = [...stood, "topic"] as const satisfies readonly Secret[];
const elsewhere = ["past", "hall", "pair", "house"] as const satisfies readonly Secret[];

/** One for each command that answers with what was said, and for what could by mistake. */
export function waysTo({ pinned, head, epoch, began }: Places): Readonly<Record<string, Way>> {
  const conversation = "#closed";
  const ask = (type: string, payload: object, shows: readonly Secret[] = []): Way => ({
    path: "/ws?since=*:head",
    asks: { type, payload },
    shows,
  });
  return {
    history: ask("history", { conversation, limit: 1_000 }, stood),
    "history after": ask("history", { conversation, after: 0 }, stood),
    "history before": ask("history", { conversation, before: head + 1 }, stood),
    "history around": ask("history", { conversation, around: pinned }, stood),
    "history by time": ask("history", { conversation, by: "time", after: began }, stood),
    "history of a room whose past is open": ask("history", { conversation: "#club" }, ["past"]),
    "history of a public room": ask("history", { conversation: "#hall" }, ["hall"]),
    "history of everyone": ask("history", { conversation: "everyone" }, ["house"]),
    "history of a private conversation": ask("history", { conversation: "@friend" }, ["pair"]),
    log: ask("log", { conversation, after: 0 }, told),
    "log for a gap": ask("log", { conversation, after: pinned - 1, limit: 1 }, ["pinned"]),
    "log of a private conversation": ask("log", { conversation: "@friend", after: 0 }, ["pair"]),
    thread: ask("thread", { conversation, message_seq: pinned }, ["pinned", "after", "key"]),
    pins: ask("pins", { conversation }, ["pinned", "key"]),
    search: ask("search", { query: "xyzzy" }, [...said, ...elsewhere]),
    "search in it": ask("search", { query: `xyzzy in:${conversation}` }, said),
    "search from somebody": ask("search", { query: "from:friend" }, ["pair"]),
    "search for what was taken back": ask("search", { query: "canaryer*" }),
    reactions: ask("reactions", { conversation, message_seq: pinned }, ["key"]),
    rooms: ask("rooms", {}, ["listed"]),
    members: ask("members", { conversation }),
    "members who are not there": ask("members", { conversation, which: "banned" }),
    receipts: ask("receipts", { conversation }),
    conversations: ask("conversations", {}, ["place"]),
    "conversations since": ask("conversations", { changed_since: 0 }, ["place"]),
    whois: ask("whois", { username: "owner" }),
    users: ask("users", {}),
    sessions: ask("sessions", {}),
    "sessions of the owner": ask("sessions", { username: "owner" }),
    stats: ask("stats", {}),
    audit: ask("audit", { limit: 1_000 }),
    help: ask("help", {}),
    "read to the head": ask("read", { conversation, seq: head }),
    "typing there": ask("typing", { conversation, on: false }),
    "resume by the URL": { path: "/ws?since=closed:0,club:0,hall:0,*:0", shows: [...told, ...elsewhere] },
    "resume by the URL, of this epoch": {
      path: `/ws?since=closed:${pinned - 1},*:head&epoch=${epoch}`,
      shows: ["edited", "pinned", "topic", "key", "after", "later"],
    },
    "resume from the end": { path: "/ws?since=closed:-1000,club:0,*:head", shows: [...told, "past"] },
    "resume of what is unread": {
      path: "/ws?since=unread&receipts=true",
      shows: [...told, ...elsewhere],
      some: true,
    },
    "resume in the simple dialect": {
      path: "/v1/ws?since=closed:0,club:0,hall:0,*:0",
      shows: [...told, ...elsewhere],
    },
    "resume in the simple dialect from the end": {
      path: "/v1/ws?since=closed:-1000,*:head",
      shows: told,
    },
    "rooms joined on the way in": {
      path: "/ws?rooms=closed,club&since=*:0",
      shows: [...told, ...elsewhere],
      joins: true,
    },
    "rooms joined on the way in, in the simple dialect": {
      path: "/v1/ws?rooms=closed,club&since=*:0",
      shows: [...told, ...elsewhere],
      joins: true,
    },
  };
}
