// L3, what is heard: of each place that is handed over, live or in a page, exactly what stands there.

import type { Frame, Payload } from "./frames.ts";
import { toldBy } from "./frames.ts";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Log, Placed } from "./truth/log.ts";
import type { Wire } from "./wires.ts";

const pushOf = {
  message: "new_message",
  edit: "message_edited",
  deletion: "message_deleted",
  reaction: "reaction",
  pin: "message_pinned",
  join: "member_joined",
  invite: "member_invited",
  leave: "member_left",
  role: "role_changed",
  ban: "member_banned",
  silence: "member_silenced",
  update: "room_updated",
} as const;

export const content: RuleOf = ({ truth }) => {
  function check(step: Step, wire: Wire, type: string, payload: Payload, head?: number): void {
    const { conversation = "", seq = 0 } = payload;
    const viewer = wire.person;
    if (viewer === undefined) broken("L5", step, `${conversation}:${seq} was handed to somebody unknown`);
    const log = truth.find(viewer.id, conversation, seq);
    const placed = log?.at(seq);
    if (log === undefined || placed === undefined)
      broken("L3", step, `${conversation}:${seq} (${type}) was handed over, and the log has no such place`);
    const fault = unlike(wire, type, payload, log, placed, head);
    if (fault !== undefined)
      broken("L3", step, `${conversation}:${seq} was told otherwise than it is: ${fault}`);
  }

  return (step) => {
    const { observed, wire, frame } = step;
    if (observed.type !== "handed" || wire === undefined || frame === undefined) return;
    for (const { type, payload, head } of entriesIn(frame)) check(step, wire, type, payload, head);
  };
};

/** All entries of a frame: its own, or those of the page that it is, with the head that it is as of. */
export function* entriesIn(frame: Frame): Generator<{ type: string; payload: Payload; head?: number }> {
  // There `messages` are a count.
  if (frame.type === "stats") return;
  const { entries, messages, hits, head } = frame.payload;
  const told = toldBy(frame);
  if (told !== undefined && told.type !== "skip") yield told;
  const asOf = head === undefined ? {} : { head };
  for (const row of entries ?? []) if (row.type !== "skip") yield { ...row, ...asOf };
  for (const payload of messages ?? []) yield { type: "new_message", payload, ...asOf };
  for (const { message } of hits ?? []) yield { type: "new_message", payload: message };
}

/** What is another in a frame than in the log. */
function unlike(
  { dialect, person }: Wire,
  type: string,
  payload: Payload,
  log: Log,
  placed: Placed,
  head: number | undefined,
): string | undefined {
  const { entry } = placed;
  if (pushOf[entry.type] !== type) return `it is a ${pushOf[entry.type]}, told as ${type}`;
  if (payload.from !== entry.from) return `it is from ${entry.from}, told as from ${payload.from}`;
  if (payload.at !== entry.at) return `its time is ${entry.at}, told as ${payload.at}`;
  if (payload.nonce !== undefined && (entry.author !== person?.id || payload.nonce !== entry.nonce))
    return `its nonce is told to somebody else, or is another`;
  if (entry.type === "message") return messageFault(dialect, payload, placed, head);
  if ("target" in entry && payload.message_seq !== entry.target)
    return `it is about ${entry.target}, told as about ${payload.message_seq}`;
  if (entry.type === "edit") return editFault(dialect, payload, log.at(entry.target), head);
  if (dialect === "simple") return undefined;
  const told = payload as Readonly<Record<string, unknown>>;
  const fields = entry as unknown as Readonly<Record<string, unknown>>;
  return ["emoji", "on", "username", "why", "role", "topic", "history", "archived", "until", "slowMode"]
    .filter((field) => field in fields && fields[field] !== told[onWire(field)])
    .map((field) => `${field} is ${fields[field]}, told as ${told[onWire(field)]}`)[0];
}

function onWire(field: string): string {
  return field === "slowMode" ? "slow_mode" : field;
}

function messageFault(
  dialect: string,
  { message, version = 1, deleted, note }: Payload,
  { texts, deletedAt, entry }: Placed,
  head: number | undefined,
): string | undefined {
  if (deleted === true || note !== undefined)
    return deletedAt === undefined || (head !== undefined && deletedAt > head)
      ? "it is told as deleted, and was not"
      : message === "" || (dialect === "simple" && message === "(deleted)")
        ? undefined
        : `it was deleted, and still says ${JSON.stringify(message)}`;
  if (head !== undefined && deletedAt !== undefined && deletedAt <= head)
    return `it was deleted at ${deletedAt}, and a page as of ${head} has its text`;
  if (
    dialect === "simple" ? texts.some(({ text }) => text === message) : texts[version - 1]?.text === message
  )
    return head === undefined ? undefined : staleFault(texts, version, head);
  return `version ${version} of ${entry.seq} says ${JSON.stringify(texts[version - 1]?.text)}, told as ${JSON.stringify(message)}`;
}

function editFault(
  dialect: string,
  { message, version = 1 }: Payload,
  target: Placed | undefined,
  head: number | undefined,
): string | undefined {
  const texts = target?.texts ?? [];
  const isRight =
    dialect === "simple" ? texts.some(({ text }) => text === message) : texts[version - 1]?.text === message;
  if (!isRight)
    return `version ${version} says ${JSON.stringify(texts[version - 1]?.text)}, told as ${JSON.stringify(message)}`;
  return head === undefined ? undefined : staleFault(texts, version, head);
}

/** A page has the text that there was at its head. */
function staleFault(texts: Placed["texts"], version: number, head: number): string | undefined {
  const newest = texts.filter(({ since }) => since <= head).length;
  return version === newest
    ? undefined
    : `at ${head} its version was ${newest}, a page as of then has ${version}`;
}
