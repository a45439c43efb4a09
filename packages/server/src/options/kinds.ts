// Kinds of values: how one looks in the help, how its text is read, and how it is written back. Every source
// gives text: a flag, a variable of the environment, a value of the file. One reader serves all of them.

import { isProxyAddress } from "../http/proxies.js";

/** A value that can't be one, with the sentence that says how a right one looks. */
export class BadValue extends Error {}

export interface Kind<Value> {
  /** What stands for it in the help: `<port>`; nothing for a flag that takes no value. */
  readonly shown: string;
  /** Whether it may be given several times. */
  readonly many: boolean;
  /** @throws a BadValue */
  read(texts: readonly string[]): Value;
  /** What `read` takes for it. */
  write(value: Value): readonly string[];
  /** How it stands in the file: without quotes, if it is a number or a truth. */
  readonly bare?: boolean;
}

/** A kind whose value is one text. */
function one<Value>(
  shown: string,
  read: (text: string) => Value,
  write: (value: Value) => string = String,
): Kind<Value> {
  return {
    shown,
    many: false,
    read(texts) {
      const [text, second] = texts;
      if (text === undefined || second !== undefined) throw new BadValue("one value is expected");
      return read(text);
    },
    write: (value) => [write(value)],
  };
}

export const port: Kind<number> = {
  ...one("<port>", (text) => {
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
    throw new BadValue("a port is a number from 0 to 65535");
  }),
  bare: true,
};

/** Text of any sort that is not empty, such as a path or an address. */
export function text(shown: string): Kind<string> {
  return one(shown, (given) => {
    if (given !== "") return given;
    throw new BadValue("it can't be empty");
  });
}

export function choice<const Word extends string>(
  words: readonly Word[],
  shown = `<${words.join("|")}>`,
): Kind<Word> {
  return one(shown, (given) => {
    const word = words.find((each) => each === given);
    if (word !== undefined) return word;
    throw new BadValue(`allowed choices are ${words.join(", ")}`);
  });
}

/** A whole number of at least and at most so much. */
export function count(shown: string, least: number, most: number): Kind<number> {
  return {
    ...one(shown, (given) => {
      const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
      if (value >= least && value <= most) return value;
      throw new BadValue(`it is a whole number from ${least} to ${most}`);
    }),
    bare: true,
  };
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time in milliseconds, said as `90s`, `30m`, `12h` or `7d`. */
export const duration: Kind<number> = one(
  "<duration>",
  (given) => {
    const [, amount, unit = ""] = /^(\d{1,6})([smhd])$/.exec(given) ?? [];
    const ms = unitMs[unit];
    if (amount !== undefined && ms !== undefined) return Number(amount) * ms;
    throw new BadValue("a duration looks like 90s, 30m, 12h or 7d");
  },
  (ms) => {
    const [unit, size] = Object.entries(unitMs).findLast(([, each]) => ms % each === 0) ?? ["s", 1_000];
    return `${ms / size}${unit}`;
  },
);

/** The same, of at least so long. */
export function durationFrom(least: string): Kind<number> {
  const leastMs = duration.read([least]);
  return {
    ...duration,
    read(texts) {
      const ms = duration.read(texts);
      if (ms >= leastMs) return ms;
      throw new BadValue(`it is at least ${least}`);
    },
  };
}

/** An origin as browsers send it. */
export const origin: Kind<string> = one("<origin>", (given) => {
  if (URL.canParse(given) && new URL(given).origin === given) return given;
  throw new BadValue("an origin looks like https://chat.example, without a path");
});

/** A proxy's address, a network of them, or `loopback`. */
export const proxyAddress: Kind<string> = one("<address>", (given) => {
  if (isProxyAddress(given)) return given;
  throw new BadValue("it is an address, a network such as 10.0.0.0/8, or loopback");
});

/** Any number of values of a kind. A flag gives them one behind the other or is repeated, a variable has commas between them. */
export function list<Value>(kind: Kind<Value>): Kind<readonly Value[]> {
  return {
    shown: kind.shown.replace(">", "...>"),
    many: true,
    read: (texts) => texts.map((each) => kind.read([each])),
    write: (values) => values.flatMap((value) => kind.write(value)),
  };
}

/** A flag that says it all by being there. */
export const flag: Kind<boolean> = {
  ...one("", (given) => {
    const truth = truths[given];
    if (truth !== undefined) return truth;
    throw new BadValue("it is either true or false");
  }),
  bare: true,
};

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  on: true,
  yes: true,
  "1": true,
  false: false,
  off: false,
  no: false,
  "0": false,
};
