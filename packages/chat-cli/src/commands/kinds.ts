// What a command's arguments can be: how /help writes one, and how one is read. All but the last two
// kinds are one word; those take the rest of the line.

import type { HistorySetting, Reading, Result, Role, Status, Visibility } from "chat-hub";
import { fault, nameKey, ok, parseEmoji, readings, roles, statuses, visibilities } from "chat-hub";
import { emojiNamed } from "./emoji.js";
import { readLasting } from "./lasting.js";
import type { HistoryWindow } from "./window.js";
import { readWindow } from "./window.js";

/** A line by its number, in the conversation where one is unless it says another: `41`, `#dev:41`. */
export interface LineName {
  readonly conversation: string | undefined;
  readonly seq: number;
}

export interface Values {
  readonly command: string;
  /** `#dev` as it was spelled. */
  readonly room: string;
  /** `bob`, without a sign. */
  readonly person: string;
  /** A conversation; also a bare word, of which only the talk knows whether it is a person or a room. */
  readonly conversation: string;
  /** A conversation with its sign, `everyone`, or `everything`. */
  readonly where: string;
  readonly line: LineName;
  readonly number: number;
  readonly seconds: number;
  /** Seconds, said as `30d`; 0 for `off`. */
  readonly lasting: number;
  /** A room, or everyone: then it is the house. */
  readonly area: string;
  readonly switch: "on" | "off";
  readonly emoji: string;
  /** An address by itself, or the name of whoever is connected from it. */
  readonly address: { readonly address: string } | { readonly username: string };
  readonly role: Role | "admin";
  readonly status: Status;
  readonly reading: Reading;
  readonly visibility: Visibility;
  readonly outsiders: "invited" | "banned";
  readonly past: HistorySetting;
  readonly window: HistoryWindow;
  readonly text: string;
}
export type Kind = keyof Values;

interface KindRow<Value> {
  readonly usage: string;
  /** `bare`: nothing else can be meant here, so a name needs no sign. The fault is for people to read. */
  readonly read: (word: string, bare: boolean) => Result<Value, string>;
  /** The words that it can be, where there are few. */
  readonly words?: readonly string[];
  /** It takes the rest of the line, line ends and all. */
  readonly isRest?: true;
}

const nameShape = "[\\p{L}\\p{Nd}][\\p{L}\\p{Nd}\\p{M}_.~-]*";
const roomShape = new RegExp(`^#(${nameShape})$`, "u");
const personShape = new RegExp(`^@?(${nameShape}?)[:,]*$`, "u");
const bareShape = new RegExp(`^${nameShape}$`, "u");
const signedShape = new RegExp(`^[@#]${nameShape}$`, "u");

/** What can only be meant as an address. Whether it is one the server says. */
const addressShape = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]+)$/i;

/** One of a few words. */
function closed<const Value extends string>(usage: string, words: readonly Value[]): KindRow<Value> {
  return {
    usage,
    words,
    read: (word) => {
      const found = words.find((known) => known === word.toLowerCase());
      return found === undefined ? fault(`it is one of ${words.join(", ")}`) : ok(found);
    },
  };
}

/** The name in which a conversation is known: in one spelling for all spellings. */
export function conversationKey(text: string): string {
  return nameKey(text);
}

function readWhere(word: string): Result<string, string> {
  if (/^every(one|thing)$/i.test(word)) return ok(word.toLowerCase());
  if (signedShape.test(word)) return ok(conversationKey(word));
  return fault("a conversation is everyone, @name or #room");
}

const lineShape = /^(?:(everyone|[@#][^\s:]+):)?#?([1-9]\d{0,14})$/iu;

function readLine(word: string): Result<LineName, string> {
  const [, where, number] = lineShape.exec(word) ?? [];
  if (number === undefined) return fault("N is the number of a line; /numbers shows them");
  return ok({ conversation: where === undefined ? undefined : conversationKey(where), seq: Number(number) });
}

export const kinds: { readonly [Name in Kind]: KindRow<Values[Name]> } = {
  command: { usage: "COMMAND", read: (word) => ok(word.replace(/^\//, "")) },
  room: {
    usage: "#room",
    read: (word, bare) => {
      const name = bare && bareShape.test(word) ? `#${word}` : word;
      return roomShape.test(name) ? ok(name) : fault("a room is named #dev");
    },
  },
  person: {
    usage: "name",
    read: (word) => {
      const name = personShape.exec(word)?.[1]?.replace(/[.-]+$/, "") ?? "";
      return name === "" ? fault(`${word} is no name`) : ok(name);
    },
  },
  conversation: {
    usage: "WHERE",
    read: (word) => (bareShape.test(word) ? ok(word) : readWhere(word)),
  },
  where: { usage: "WHERE", read: readWhere },
  line: { usage: "N", read: readLine },
  number: {
    usage: "N",
    read: (word) => (/^[1-9]\d{0,5}$/.test(word) ? ok(Number(word)) : fault("N is a number")),
  },
  seconds: {
    usage: "SECONDS",
    read: (word) => (/^\d{1,6}$/.test(word) ? ok(Number(word)) : fault("SECONDS is a number; 0 ends it")),
  },
  lasting: {
    usage: "TIME",
    read: (word) => {
      const seconds = readLasting(word);
      return seconds === undefined ? fault("TIME is such as 30d, 12h, 90m, or off") : ok(seconds);
    },
  },
  area: {
    usage: "WHERE",
    read: (word, bare) => {
      if (roomShape.test(word) || /^everyone$/i.test(word)) return ok(word);
      return bare && bareShape.test(word)
        ? ok(`#${word}`)
        : fault("it is done in a room, #dev, or with everyone in the whole house");
    },
  },
  switch: closed("on|off", ["on", "off"]),
  emoji: {
    usage: "emoji",
    read: (word) => {
      const named = emojiNamed(word);
      return named === undefined ? parseEmoji(word) : ok(named);
    },
  },
  address: {
    usage: "ADDRESS",
    read: (word) => {
      if (addressShape.test(word)) return ok({ address: word });
      const name = personShape.exec(word)?.[1];
      return name === undefined ? fault("it is 203.0.113.7, 2001:db8::7 or a name") : ok({ username: name });
    },
  },
  role: closed("member|moderator|owner|admin", [...roles, "admin"]),
  status: closed("online|away|busy|invisible", statuses),
  reading: closed("shared|private", readings),
  visibility: closed("public|private", visibilities),
  outsiders: closed("invited|banned", ["invited", "banned"]),
  past: closed("all|since_join", ["all", "since_join"]),
  window: { usage: "WHICH", isRest: true, read: readWindow },
  text: { usage: "text", isRest: true, read: (text) => ok(text) },
};
