// What the shell has done in the house: `chat-server admin …`.

import type { HouseOrder, Outcome, RefusalCode, WallMillis } from "chat-hub";
import { countedAs, defaultLimits, houseKeys, isUncounted, messageFault, textFault } from "chat-hub";
import type { Errands, OpenHouse, Told } from "./errand.js";
import { UsageError } from "./errand.js";
import { whom } from "./whom.js";

/** How an order is made of words, and what is said when it was carried out. */
interface Ordered {
  order(words: readonly string[]): HouseOrder;
  readonly done: string;
}

const orders: Readonly<Record<string, Ordered>> = {
  grant: {
    order: ([who]) => ({ type: "role", who: whom(who).key, role: "admin" }),
    done: "looks after the house now",
  },
  revoke: {
    order: ([who]) => ({ type: "role", who: whom(who).key, role: "member" }),
    done: "is like everybody else now",
  },
  announce: { order: ([message = ""]) => ({ type: "announce", message: said(message) }), done: "told" },
  kick: {
    order: ([who, reason]) => ({ type: "kick", who: whom(who).key, reason: why(reason) }),
    done: "put out",
  },
  ban: {
    order: ([who, address, forSeconds, reason]) => ({
      type: "ban",
      ...whomOrWhere(who, address),
      forSeconds: termOf(forSeconds),
      reason: why(reason),
    }),
    done: "banned",
  },
  unban: {
    order: ([who, address]) => {
      const { address: where, ...meant } = whomOrWhere(who, address);
      return { type: "unban", ...meant, address: where === true ? undefined : where };
    },
    done: "may come in again",
  },
  silence: {
    order: ([who, forSeconds, reason]) => ({
      type: "silence",
      who: whom(who).key,
      on: true,
      forSeconds: termOf(forSeconds),
      reason: why(reason),
    }),
    done: "may not write in public",
  },
  unsilence: {
    order: ([who]) => ({ type: "silence", who: whom(who).key, on: false, forSeconds: undefined, reason: "" }),
    done: "may write again",
  },
  "slow-mode": {
    order: ([seconds]) => ({ type: "slow", seconds: secondsOf(seconds, 0, defaultLimits.slowModeSeconds) }),
    done: "so it is in everyone",
  },
  keep: {
    order: ([seconds]) => ({ type: "retention", seconds: keptSeconds(seconds) }),
    done: "so it is in everyone",
  },
  "read-only": {
    order: ([on, reason]) => ({ type: "readOnly", on: on === "on", reason: why(reason) }),
    done: "so it is",
  },
};

export const adminErrands: Errands = {
  ...Object.fromEntries(
    Object.entries(orders).map(([name, { order, done }]) => [
      `admin ${name}`,
      async (house: OpenHouse, words: readonly string[]) =>
        outcomeTold(await house.order(order(words)), done),
    ]),
  ),
  "admin bans": (house) => termsOf(house, "ban"),
  "admin silences": (house) => termsOf(house, "silence"),
  "admin audit": async ({ ask }, [most = ""]) => {
    const listed = await ask({ type: "audit", most: Number(most) });
    if (!listed.ok) return { ok: false, lines: [`the audit log can't be read: ${listed.code}`] };
    const lines = listed.lines.map(({ at, by, action, about, detail }) =>
      [time(at), by === "" ? "(shell)" : by, action, about, detail].filter((part) => part !== "").join("  "),
    );
    return { ok: true, lines: lines.length === 0 ? ["nothing was done yet"] : lines.reverse() };
  },
  "admin stats": async ({ figures }) => {
    if (figures === undefined) return { ok: false, lines: ["no server has this directory open"] };
    return { ok: true, lines: linesOf("", figures()) };
  },
};

/** Where it is another at the shell than on the wire. */
const waysOut: { readonly [Code in RefusalCode]?: string } = {
  unknown_user: "whoever has never come in has none yet, unless they have an account (chat-server user list)",
  storage_full: "free some of the disk, then try again",
  unavailable: "try again",
};

function outcomeTold(outcome: Outcome, done: string): Told {
  if (!outcome.ok) {
    const hint = waysOut[outcome.code] ?? outcome.hint;
    return { ok: false, lines: [hint === undefined ? outcome.message : `${outcome.message}: ${hint}`] };
  }
  const reached = outcome.reached === undefined ? "" : ` (connections reached: ${outcome.reached})`;
  return { ok: true, lines: [`${done}${reached}`] };
}

/** Bans, or silences, that are in force, by key. */
async function termsOf({ ask }: OpenHouse, kind: "ban" | "silence"): Promise<Told> {
  const at = Date.now() as WallMillis;
  const listed = await ask({ type: "records", kind, prefix: "", most: defaultLimits.store.terms, at });
  if (!listed.ok) return { ok: false, lines: [`the records can't be read: ${listed.code}`] };
  const lines = listed.records.map(({ key, value, until }) => {
    const { username, by, reason } = JSON.parse(value) as { username: string; by: string; reason: string };
    const address = key.startsWith(houseKeys.address("")) ? key.slice(houseKeys.address("").length) : "";
    const end = until === undefined ? "for good" : `until ${time(until)}`;
    return [end, username, address, `by ${by === "" ? "(shell)" : by}`, reason]
      .filter((part) => part !== "")
      .join("  ");
  });
  return { ok: true, lines: lines.length === 0 ? ["there are none"] : lines };
}

/** One of the two is said. `theirs`: the addresses that somebody is connected from. */
function whomOrWhere(who = "", address = "") {
  if (who === "" && address === "") throw new UsageError("name somebody, or give an --address");
  if (who === "" && address === "theirs")
    throw new UsageError("name who is connected from it, or give the --address itself");
  return {
    who: who === "" ? undefined : whom(who).key,
    address: address === "" ? undefined : address === "theirs" ? (true as const) : where(address),
  };
}

function where(address: string): string {
  const counted = countedAs(address);
  if (counted === undefined || isUncounted(counted))
    throw new UsageError(`${address} is no address that is counted, such as 203.0.113.7 or 2001:db8::1`);
  return counted;
}

// What is said is read as on the wire.

function said(message: string): string {
  const wrong = messageFault(message, defaultLimits);
  if (wrong === undefined) return message;
  throw new UsageError(wrong.message ?? "say something");
}

function why(reason = ""): string {
  const wrong = textFault(reason, defaultLimits.reasonChars);
  if (wrong === undefined) return reason;
  throw new UsageError(`a reason${wrong.says}`);
}

/** Nothing: for good. */
function termOf(seconds = ""): number | undefined {
  return seconds === "" ? undefined : secondsOf(seconds, 1, defaultLimits.termSeconds);
}

function keptSeconds(text: string | undefined): number {
  return text === "0" ? 0 : secondsOf(text, 60, defaultLimits.retentionSeconds);
}

function secondsOf(text = "", least: number, most: number): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= least && seconds <= most) return seconds;
  throw new UsageError(`${JSON.stringify(text)} is no number of seconds from ${least} to ${most}`);
}

/** 2026-11-22 14:15:00, in UTC. */
function time(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

/** `messages: { everyone: 3 }` → `messages everyone: 3`. */
function linesOf(before: string, figures: object): string[] {
  return Object.entries(figures).flatMap(([name, value]: [string, unknown]) => {
    const words = before + name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return typeof value === "object" && value !== null ? linesOf(`${words} `, value) : [`${words}: ${value}`];
  });
}
