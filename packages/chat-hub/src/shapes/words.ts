// Shapes of what people say and of what makes it safe to repeat: messages, reactions, searches, secrets.

import type { Limits } from "../tables/limits.js";
import { addressPattern, countedAs, isUncounted } from "../words/addresses.js";
import type { Seq } from "../words/ids.js";
import { parseEmoji } from "../words/rooms.js";
import { longerThan, messageFault, textFault } from "../words/text.js";
import { integer, readable } from "./plain.js";
import type { Shape } from "./shape.js";
import { expected, named, Wrong } from "./shape.js";

/** A message's text: kept and sent exactly as it came. */
export const messageText: Shape<string> = named(
  "message_text",
  "What somebody says: well-formed, without U+0000, not white space alone.",
  {
    read(value, limits) {
      if (typeof value !== "string") return expected("a string", value);
      const wrong = messageFault(value, limits);
      return wrong === undefined ? value : new Wrong(wrong.code, " is empty", { message: wrong.message });
    },
    schema: ({ limits }) => ({
      type: "string",
      maxLength: limits.messageChars,
      pattern: "\\S",
      allOf: [{ pattern: readable }],
    }),
  },
);

/** An address as the server counts it, however it is written: `203.0.113.7`, `2001:db8:1:2`. */
export const address: Shape<string> = {
  read(value) {
    if (typeof value !== "string") return expected("an address", value);
    const counted = value.includes("%") ? undefined : countedAs(value);
    return counted === undefined || isUncounted(counted)
      ? new Wrong("malformed", " is no address that is counted, such as 203.0.113.7 or 2001:db8::1")
      : counted;
  },
  schema: () => ({ type: "string", pattern: addressPattern }),
};

/** The same, or `true`: the one that somebody is connected from. */
export const addressOrOwn: Shape<string | true> = {
  read: (value, limits) => (value === true ? true : address.read(value, limits)),
  schema: (drawing) => ({ anyOf: [{ const: true }, address.schema(drawing)] }),
};

/** A place in a log: 1, 2, 3 … */
export const place: Shape<Seq> = integer<Seq>({ least: 1 });
/** Up to where: 0 is before the first. */
export const cursor: Shape<Seq> = integer<Seq>({ least: 0 });
/** How many rows of a page. */
export const rows: Shape<number> = integer({ least: 1, most: "pageRows" });

/** Visible ASCII between two lengths. */
function secret(bounds: "tokenChars" | "nonceChars"): Shape<string> {
  return {
    read(value, limits) {
      if (typeof value !== "string") return expected("a string", value);
      if (isSecret(value, limits[bounds])) return value;
      const [least, most] = limits[bounds];
      return new Wrong("malformed", ` is not ${least} to ${most} visible ASCII characters`);
    },
    schema: ({ limits }) => ({
      type: "string",
      minLength: limits[bounds][0],
      maxLength: limits[bounds][1],
      pattern: "^[!-~]*$",
    }),
  };
}

const visible = /^[!-~]*$/;

export function isSecret(value: string, [least, most]: Limits["tokenChars"]): boolean {
  return value.length >= least && value.length <= most && visible.test(value);
}

export const token: Shape<string> = named("token", "A secret that holds a name.", secret("tokenChars"));
/** A gate may find it too weak; a phrase is one too. */
export const password: Shape<string> = named(
  "password",
  "What proves an account: well-formed, without U+0000.",
  {
    read(value, limits) {
      if (typeof value !== "string") return expected("a string", value);
      return isPassword(value, limits)
        ? value
        : new Wrong("malformed", ` is not 1 to ${limits.passwordChars} characters of text`);
    },
    schema: ({ limits }) => ({
      type: "string",
      minLength: 1,
      maxLength: limits.passwordChars,
      pattern: readable,
    }),
  },
);

export function isPassword(value: string, { passwordChars }: Limits): boolean {
  return value !== "" && textFault(value, passwordChars) === undefined;
}

/** What an admin gives to somebody who is to have an account. */
export const invite: Shape<string> = secret("tokenChars");

export const nonce: Shape<string> = named(
  "nonce",
  "Makes a command repeatable: the same nonce with the same content is done once.",
  secret("nonceChars"),
);

/** Which texts are one emoji is a table of Unicode, which no pattern of a schema can say. */
export const emoji: Shape<string> = named("emoji", "One emoji.", {
  read(value) {
    if (typeof value !== "string") return expected("one emoji", value);
    const parsed = parseEmoji(value);
    return parsed.ok ? parsed.value : new Wrong("malformed", " is not one emoji");
  },
  schema: () => ({
    type: "string",
    pattern: "^[\\p{Emoji}\\p{Emoji_Component}]+$",
    $comment: "one emoji of Unicode's list (RGI_Emoji)",
  }),
});

/** Pairs a command with its answer. */
export const commandId: Shape<string | number> = named(
  "id",
  "Pairs a command with its answer on this connection; echoed as it came.",
  {
    read(value, limits) {
      if (typeof value === "string") {
        if (!longerThan(value, limits.idChars)) return value;
        return new Wrong("malformed", ` is longer than ${limits.idChars} characters`);
      }
      if (Number.isSafeInteger(value)) return value as number;
      return new Wrong("malformed", " is neither a string nor an integer");
    },
    schema: ({ limits }) => ({
      anyOf: [
        { type: "string", maxLength: limits.idChars },
        { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
      ],
    }),
  },
);
