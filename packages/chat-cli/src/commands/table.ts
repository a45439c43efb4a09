// Everything that can be typed after a slash. Reading, /help, completion and "did you mean" all come from
// this table: a command that is not here does not exist, and one that is can't be forgotten by any of them.

import type { Kind, Values } from "./kinds.js";

/** The heads under which /help shows them. */
export const topics = {
  where: "where you speak",
  lines: "what is done to a line",
  reading: "what was said",
  rooms: "rooms",
  house: "the house",
  people: "people",
  own: "what is yours",
} as const;
export type TopicName = keyof typeof topics;

interface CommandRow {
  readonly topic: TopicName;
  /** In the order in which they are written; with a question mark where one may be left out. */
  readonly args: Readonly<Record<string, Kind | `${Kind}?`>>;
  readonly what: string;
  /** What /help NAME says beside it. */
  readonly more?: string;
  /** Other names, for fingers that know another client. */
  readonly also?: readonly string[];
}

export const commands = {
  help: {
    topic: "own",
    args: { about: "command?" },
    what: "what can be typed; /help all shows every command",
  },
  to: {
    topic: "where",
    args: { conversation: "conversation" },
    what: "speak there from now on: #dev, @bob, everyone",
  },
  everyone: {
    topic: "where",
    args: { text: "text?" },
    what: "speak to everyone from now on; with a text, say it to everyone once",
    also: ["all"],
  },
  dm: {
    topic: "where",
    args: { person: "person", text: "text?" },
    what: "speak with one person from now on; with a text, say it to them once",
    also: ["msg", "query"],
  },

  reply: {
    topic: "lines",
    args: { line: "line?", text: "text" },
    what: "answer line N; without N, what somebody else said last",
  },
  edit: {
    topic: "lines",
    args: { line: "line?", text: "text" },
    what: "say it anew; without N, your last line",
  },
  delete: {
    topic: "lines",
    args: { line: "line?" },
    what: "take a line away; without N, your last line",
    also: ["del"],
  },
  react: {
    topic: "lines",
    args: { line: "line?", emoji: "emoji" },
    what: "put an emoji on line N; without N, on what somebody else said last",
  },
  unreact: { topic: "lines", args: { line: "line?", emoji: "emoji" }, what: "take your emoji back" },
  pin: { topic: "lines", args: { line: "line" }, what: "pin line N" },
  unpin: { topic: "lines", args: { line: "line" }, what: "take the pin out of line N" },
  cancel: { topic: "lines", args: {}, what: "take back what you entered last, if it was not sent yet" },

  history: {
    topic: "reading",
    args: { conversation: "where?", window: "window?" },
    what: "what was said; /help history tells how",
    more: "/history 50, /history before 120, /history #dev yesterday",
  },
  more: { topic: "reading", args: {}, what: "go on with the last /history or /search" },
  thread: { topic: "reading", args: { line: "line?" }, what: "line N with its answers, and what it answers" },
  pins: { topic: "reading", args: { conversation: "where?" }, what: "what is pinned" },
  search: {
    topic: "reading",
    args: { text: "text" },
    what: "find lines by their words; /help search tells how",
    more: 'words, wor*, "a phrase", -not, from:bob, in:#dev, before:2026-12-31, after:2026-01-01, has:link, mentions:me',
    also: ["find", "grep"],
  },
  unread: { topic: "reading", args: {}, what: "where something waits that you have not read" },
  read: {
    topic: "reading",
    args: { conversation: "where?" },
    what: "count all of a conversation as read; /read everything, all of them",
  },

  join: { topic: "rooms", args: { room: "room" }, what: "go into a room, and speak there", also: ["j"] },
  leave: { topic: "rooms", args: { room: "room?" }, what: "leave a room for good", also: ["part"] },
  create: {
    topic: "rooms",
    args: { room: "room", visibility: "visibility?", text: "text?" },
    what: "make a room, with a topic if you like; private ones are for whom you invite",
  },
  rooms: { topic: "rooms", args: {}, what: "what rooms there are", also: ["list"] },
  members: {
    topic: "rooms",
    args: { which: "outsiders?", room: "room?" },
    what: "who is in a room; who is invited to it, or banned from it",
    also: ["names"],
  },
  topic: {
    topic: "rooms",
    args: { room: "room?", text: "text?" },
    what: "what a room is about; with a text, say so",
  },
  invite: { topic: "rooms", args: { person: "person", room: "room?" }, what: "ask somebody into a room" },
  kick: {
    topic: "rooms",
    args: { person: "person", room: "area?", text: "text?" },
    what: "put somebody out, and say why; they may come back",
  },
  ban: {
    topic: "rooms",
    args: { person: "person", room: "area?", seconds: "seconds?", text: "text?" },
    what: "put somebody out, for so many seconds or until /unban, and say why",
    more: "/ban bob #dev, /ban bob everyone 3600 floods; /banaddress keeps an address out",
  },
  unban: { topic: "rooms", args: { person: "person", room: "area?" }, what: "lift a ban" },
  silence: {
    topic: "rooms",
    args: { person: "person", room: "area?", seconds: "seconds?", text: "text?" },
    what: "let somebody read and not write, for so many seconds or until /unsilence",
    more: "/silence bob #dev, /silence bob everyone 600 be calm",
  },
  unsilence: { topic: "rooms", args: { person: "person", room: "area?" }, what: "let them write again" },
  slow: {
    topic: "rooms",
    args: { seconds: "seconds", room: "area?" },
    what: "one message of each in so many seconds; 0 ends it",
  },
  keep: {
    topic: "rooms",
    args: { lasting: "lasting", room: "area?" },
    what: "forget what is written there after such a time; off: as everywhere",
  },
  role: {
    topic: "rooms",
    args: { person: "person", role: "role", room: "area?" },
    what: "make somebody a member, a moderator or an owner; an admin, who looks after the house",
    more: "/role bob owner #dev, /role bob admin, /role bob member everyone",
  },
  past: {
    topic: "rooms",
    args: { history: "past", room: "room?" },
    what: "what members may read: all, or only what was said since_join",
  },
  archive: { topic: "rooms", args: { room: "room?" }, what: "close a room: it can only be read then" },
  unarchive: { topic: "rooms", args: { room: "room?" }, what: "open it again" },

  announce: {
    topic: "house",
    args: { text: "text" },
    what: "say something to all who are here, as an admin",
  },
  readonly: {
    topic: "house",
    args: { state: "switch", text: "text?" },
    what: "let nobody but admins write, and say why; off lets all write again",
  },

  banaddress: {
    topic: "house",
    args: { address: "address", seconds: "seconds?", text: "text?" },
    what: "keep an address out, or somebody with those they are here from",
  },
  unbanaddress: { topic: "house", args: { address: "address" }, what: "let it in again" },
  bans: { topic: "house", args: {}, what: "who is kept out of the house" },
  silences: { topic: "house", args: {}, what: "who may not write in it" },
  audit: { topic: "house", args: {}, what: "what was done by those who look after things; /more goes on" },
  stats: { topic: "house", args: {}, what: "who and what is here, and how much is said" },

  who: { topic: "people", args: {}, what: "who is here" },
  whois: { topic: "people", args: { person: "person" }, what: "about one person" },
  block: {
    topic: "people",
    args: { person: "person" },
    what: "see and hear no more of somebody",
    also: ["ignore"],
  },
  unblock: { topic: "people", args: { person: "person" }, what: "hear of them again", also: ["unignore"] },
  blocks: { topic: "people", args: {}, what: "whom you have blocked" },

  status: {
    topic: "own",
    args: { status: "status?", text: "text?" },
    what: "online, away, busy or invisible, and a few words about it",
  },
  away: { topic: "own", args: { text: "text?" }, what: "be away; /back ends it" },
  back: { topic: "own", args: {}, what: "be online again" },
  privacy: { topic: "own", args: { reading: "reading?" }, what: "whether others see how far you have read" },
  mute: {
    topic: "own",
    args: { conversation: "where?" },
    what: "show its lines only while you speak there, or if they call you",
  },
  unmute: { topic: "own", args: { conversation: "where?" }, what: "show its lines again" },
  sessions: {
    topic: "own",
    args: { person: "person?" },
    what: "where you are logged in; with a name, for an admin, where they are",
  },
  logout: {
    topic: "own",
    args: { session: "number?" },
    what: "end this login, so that a password is needed again; with N, another one of /sessions",
  },
  password: { topic: "own", args: {}, what: "take another password; you are asked for both" },
  numbers: { topic: "own", args: {}, what: "show the numbers of lines, or don't" },
  quit: { topic: "own", args: {}, what: "leave; Ctrl-D on an empty line does the same", also: ["exit", "q"] },
} as const satisfies Record<string, CommandRow>;

export type CommandName = keyof typeof commands;

type ArgsOf<Name extends CommandName> = (typeof commands)[Name]["args"];
type ValueOf<Given> = Given extends `${infer Named extends Kind}?`
  ? Values[Named] | undefined
  : Given extends Kind
    ? Values[Given]
    : never;

/** A command with its arguments read. */
export type CommandOf<Name extends CommandName> = { readonly name: Name } & {
  readonly [Arg in keyof ArgsOf<Name>]: ValueOf<ArgsOf<Name>[Arg]>;
};
export type Command = { readonly [Name in CommandName]: CommandOf<Name> }[CommandName];

export interface Argument {
  readonly name: string;
  readonly kind: Kind;
  readonly optional: boolean;
}

export const commandNames = Object.keys(commands) as readonly CommandName[];

export function rowOfCommand(name: CommandName): CommandRow {
  return commands[name];
}

export function argumentsOf(name: CommandName): readonly Argument[] {
  return Object.entries(rowOfCommand(name).args).map(([arg, given]) => ({
    name: arg,
    kind: given.replace("?", "") as Kind,
    optional: given.endsWith("?"),
  }));
}

const aliases: ReadonlyMap<string, CommandName> = new Map(
  commandNames.flatMap((name) =>
    [name, ...(rowOfCommand(name).also ?? [])].map((word) => [word, name] as const),
  ),
);

/** The command that somebody means by this word, if it is one. */
export function commandNamed(word: string): CommandName | undefined {
  return aliases.get(word.toLowerCase());
}

/** Every word that is a command, the other names too. */
export function commandWords(): readonly string[] {
  return [...aliases.keys()];
}
