// The first line of a record: which format it has, who wrote it, and what the hub was made with.

import type { HubOptions, Limits } from "chat-hub";
import { defaultLimits } from "chat-hub";
import { RecordError } from "./record-error.js";

/** Another one when older programs could not read, or would misread, what is written. */
const format = 1;

export interface RecordHeader {
  /** Of the chat-server that wrote it. */
  readonly version: string;
  readonly hub: Required<HubOptions>;
  /** What this record shows, in the words of whoever keeps it. */
  readonly about?: string;
}

/** What a hub was before there was a choice. */
const older = { auth: "open", registration: "closed" } as const;

export function headerLine(header: RecordHeader): string {
  return JSON.stringify({ chatRecord: format, ...header }, sayable);
}

/** @throws RecordError if this is no header, or one of another format */
export function readHeader(line: string): RecordHeader {
  const told = parsed(line);
  if (told?.chatRecord === undefined) throw new RecordError("it is no record of chat-server");
  const { chatRecord, ...header } = told;
  if (chatRecord !== format)
    throw new RecordError(`it is a record of format ${chatRecord}; this program reads format ${format}`);
  const { limits } = header.hub;
  // A limit that is younger than the record is what it is by default; there were no records to mind.
  const attempts = { ...defaultLimits.attempts, ...limits.attempts };
  const all: Limits = { ...defaultLimits, ...limits, attempts, rates: limits.rates ?? undefined };
  const facts = { ...header.hub.facts, minded: header.hub.facts.minded ?? [] };
  return { ...header, hub: { ...older, ...header.hub, facts, limits: all } };
}

/** JSON knows neither `undefined` nor infinity; a limit may be both. */
function sayable(name: string, value: unknown): unknown {
  if (name === "rates" && value === undefined) return null;
  return value === Number.POSITIVE_INFINITY ? "Infinity" : value;
}

function parsed(line: string): (RecordHeader & { readonly chatRecord: unknown }) | null | undefined {
  try {
    return JSON.parse(line, (_, value) => (value === "Infinity" ? Number.POSITIVE_INFINITY : value));
  } catch {
    return undefined;
  }
}
