// Shapes of names: of people, of rooms, of conversations. What a pattern can't say of a name stands in
// `beyondPatterns`, and in the schemas as a comment.

import type { Limits } from "../tables/limits.js";
import { parseConversation, parsePerson, parseRoom } from "../words/conversations.js";
import type { NameKey } from "../words/ids.js";
import type { Address, RoomName } from "../words/log.js";
import { nameKey, parseName, reservedNames } from "../words/names.js";
import type { Result } from "../words/result.js";
import type { Schema, Shape } from "./shape.js";
import { expected, named, Wrong } from "./shape.js";

/** What is judged of a name beside its pattern. */
export const beyondPatterns = {
  composed: "a name is judged in NFC, its pattern as it came: a letter and its accent count once",
  lowerCase: "a name is no longer in lower case either, where İ is two characters",
  lookAlikes: "a name that NFKC would change is refused",
} as const;

const comment = Object.values(beyondPatterns).join("; ");

/** The key of a person's name: `bob` or `@bob`. */
export const username: Shape<NameKey> = named(
  "username",
  "The name of a person, `bob` or `@bob`.",
  word(
    (text, limits) => {
      const name = parseName(text.startsWith("@") ? text.slice(1) : text, limits);
      return name.ok ? { ok: true, value: name.value.key } : name;
    },
    "bad_name",
    (limits) => `^@?${notReserved(reservedNames)}${namePattern(limits)}$`,
  ),
);

/** Somebody to write to: as a username, and `bob~1` for an earlier holder of the name. */
export const recipient: Shape<Address> = named(
  "recipient",
  "Somebody to write to: `bob` or `@bob`; `bob~1` is the first of the earlier holders of the name.",
  word(parsePerson, "bad_name", (limits) => `^${personPattern(limits, "@?")}$`),
);

/** A room as it is spelled: `#dev` or `dev`. */
export const roomName: Shape<RoomName> = named(
  "room",
  "A room, `#dev` or `dev`.",
  word(parseRoom, "malformed", (limits) => `^${roomPattern(limits)}$`, "rooms are named #dev"),
);

/** Where somebody looks after people: the house, or a room. */
export type HouseOrRoom = Exclude<Address, { readonly kind: "private" }>;
export const houseOrRoom: Shape<HouseOrRoom> = named(
  "house_or_room",
  "`everyone` (the house), or a room, `#dev` or `dev`.",
  word<HouseOrRoom>(
    (text, limits) => {
      if (text === "everyone") return { ok: true, value: { kind: "everyone" } };
      const room = parseRoom(text, limits);
      return room.ok ? { ok: true, value: { kind: "room", key: room.value.key } } : room;
    },
    "malformed",
    (limits) => `^(?:everyone|${roomPattern(limits)})$`,
    "give everyone, or a room such as #dev",
  ),
);

/** A conversation as its reader names it. */
export const conversation: Shape<Address> = named(
  "conversation",
  "A conversation: `everyone`, `@bob` (the private one with bob) or `#dev` (a room, also `dev`).",
  word(
    parseConversation,
    "unknown_conversation",
    (limits) => `^(?:everyone|${personPattern(limits, "@")}|${roomPattern(limits)})$`,
    "conversations are named everyone, @bob or #dev",
  ),
);

/** The target of a line of the simple dialect. */
export const target: Shape<Address> = named(
  "target",
  "Whom it is for: empty or `everyone` for all, `bob` or `@bob` for one person, `#dev` for a room.",
  word(
    (text, limits) => {
      if (text === "" || text === "everyone") return { ok: true, value: { kind: "everyone" } };
      return text.startsWith("#") ? parseConversation(text, limits) : parsePerson(text, limits);
    },
    "bad_name",
    (limits) => `^(?:|everyone|${personPattern(limits, "@?")}|(?=#)${roomPattern(limits)})$`,
  ),
);

/** The last row of the page before, by its name: any text, since whoever it names may have gone. */
export const lastRow: Shape<NameKey> = {
  read: (value) =>
    typeof value === "string"
      ? nameKey(value.toWellFormed().replace(/^[@#]/, ""))
      : expected("a string", value),
  schema: () => ({ type: "string" }),
};

function word<Value>(
  parse: (text: string, limits: Limits) => Result<Value, string>,
  code: Wrong["code"],
  pattern: (limits: Limits) => string,
  hint?: string,
): Shape<Value> {
  return {
    read(value, limits) {
      if (typeof value !== "string") return expected("a string", value);
      const parsed = parse(value, limits);
      return parsed.ok ? parsed.value : new Wrong(code, `: ${parsed.fault}`, { hint });
    },
    schema: ({ limits }): Schema => ({ type: "string", pattern: pattern(limits), $comment: comment }),
  };
}

/** `parseName` as a pattern: its first and last character, what lies between, nothing invisible. */
function namePattern({ nameChars }: Limits): string {
  const between = `[\\p{L}\\p{Nd}\\p{M}_.\\-]{0,${nameChars - 2}}`;
  return `(?!.*\\p{Default_Ignorable_Code_Point})[\\p{L}\\p{Nd}](?:${between}[\\p{L}\\p{Nd}\\p{M}_])?`;
}

function personPattern(limits: Limits, sign: string): string {
  return `${sign}${notReserved(reservedNames)}${namePattern(limits)}(?:~[1-9]\\d{0,8})?`;
}

function roomPattern(limits: Limits): string {
  return `#?${notReserved(["everyone"])}${namePattern(limits)}`;
}

/** Reserved in every case; they are ASCII letters, so that both cases are all there are. */
function notReserved(names: readonly string[]): string {
  const inEveryCase = (name: string) => [...name].map((char) => `[${char}${char.toUpperCase()}]`).join("");
  return `(?!(?:${names.map(inEveryCase).join("|")})(?:~|$))`;
}
