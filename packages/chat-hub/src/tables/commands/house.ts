// Commands of those who look after the house.

import type { Rule } from "../../shapes/object.js";
import { object } from "../../shapes/object.js";
import { count, flag, integer, oneOf, shortText } from "../../shapes/plain.js";
import { optional } from "../../shapes/shape.js";
import { messageText, rows } from "../../shapes/words.js";
import type { CommandRow } from "./row.js";
import { costs } from "./row.js";

/** What a measure against somebody says of itself. */
export const reason = optional(shortText("reasonChars"), "");
export const forSeconds = optional(integer({ least: 1, most: "termSeconds" }));

const given = { not: { type: "null" } };

/** In everyone a role is admin or member, and nowhere else is anybody an admin. */
export const roleOfPlace: Rule = {
  broken: ({ conversation, role }) => {
    if (conversation === "everyone")
      return role === "admin" || role === "member" ? undefined : ".role is admin or member in everyone";
    return role === "admin" ? ".role is admin only in everyone" : undefined;
  },
  schema: {
    anyOf: [
      { properties: { conversation: { const: "everyone" }, role: { enum: ["admin", "member"] } } },
      { properties: { conversation: { not: { const: "everyone" } }, role: { not: { const: "admin" } } } },
    ],
  },
};

/** What is kept for less than a minute might as well not be written; 0 = as everywhere. */
export const keepAtLeast: Rule = {
  broken: ({ keep_s }) => (keep_s === 0 || Number(keep_s) >= 60 ? undefined : ".keep_s is 0, or at least 60"),
  schema: {
    anyOf: [{ properties: { keep_s: { const: 0 } } }, { properties: { keep_s: { minimum: 60 } } }],
  },
};

/** Somebody is named, or in everyone an address is. */
export const someoneOrAddress: Rule = {
  broken: ({ username, address }) =>
    (username ?? undefined) === undefined && (address ?? undefined) === undefined
      ? ".username is missing: the name of a person, or in everyone an address"
      : undefined,
  schema: {
    anyOf: ["username", "address"].map((name) => ({ required: [name], properties: { [name]: given } })),
  },
};

export const addressInEveryone: Rule = {
  broken: ({ conversation, address }) =>
    (address ?? undefined) !== undefined && conversation !== "everyone"
      ? ".address is only for everyone"
      : undefined,
  schema: {
    anyOf: [
      { properties: { conversation: { const: "everyone" } } },
      { properties: { address: { type: "null" } } },
    ],
  },
};

/** The address that somebody is connected from is asked for by their name. */
export const ownAddress: Rule = {
  broken: ({ username, address }) =>
    address === true && (username ?? undefined) === undefined
      ? '.username is missing: "address":true bans the address that they are connected from'
      : undefined,
  schema: {
    anyOf: [
      { properties: { address: { not: { const: true } } } },
      { required: ["username"], properties: { username: given } },
    ],
  },
};

const looksAfter = { needs: "admin", cost: costs.page } as const;

export const inHouse = {
  announce: {
    what: "say something to all who are here, in the name of the house; it is in no log",
    example: '{"type":"announce","id":1,"payload":{"message":"The server restarts at noon."}}',
    payload: object({ message: messageText }),
    ...looksAfter,
    answer: "ack",
  },
  read_only: {
    what: 'let nobody but admins write, or everybody again with "on":false',
    example: '{"type":"read_only","id":1,"payload":{"on":true,"reason":"we move house"}}',
    payload: object({ on: flag, reason }),
    ...looksAfter,
    answer: "ack",
  },
  stats: {
    what: "ask who and what is here, and how much is said",
    example: '{"type":"stats","id":1}',
    payload: object({}),
    ...looksAfter,
    answer: "stats",
  },
  bans: {
    what: "list who is banned from the server, or silenced in it",
    example: '{"type":"bans","id":1}',
    payload: object({
      which: optional(oneOf(["banned", "silenced"]), "banned"),
      skip: optional(count, 0),
      limit: { optional: rows, absent: (limits) => limits.pageDefaultRows, forgiving: false },
    }),
    ...looksAfter,
    answer: "bans",
  },
  audit: {
    what: "read what was done by those who look after things, the newest first",
    example: '{"type":"audit","id":1,"payload":{"limit":20}}',
    payload: object({
      before: optional(count),
      limit: { optional: rows, absent: (limits) => limits.pageDefaultRows, forgiving: false },
    }),
    ...looksAfter,
    answer: "audit",
  },
} as const satisfies Record<string, CommandRow>;
