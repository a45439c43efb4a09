// One connection of somebody in a vector: how it is opened, and what it hears.

import type { WireSocket } from "./socket.ts";
import { dial } from "./socket.ts";
import type { Bindings } from "./template.ts";
import { filled, matches } from "./template.ts";
import type { Json } from "./vectors.ts";

export interface PlayOptions {
  readonly url: URL;
  /** Makes the names of this run differ from those of all others. */
  readonly run: string;
  /** How long is waited for what must come. */
  readonly patienceMs: number;
}

export interface Person {
  readonly socket: WireSocket;
  readonly dialect: "simple" | "events";
  readonly transcript: string[];
}

/** Pushes that may come at any time; they are passed over where nothing asks for them. */
const passing = new Set(["presence", "unread", "receipt", "typing", "behind"]);

/** `events`, `simple`; `token` keeps the name; `silent` does not log in; `unwelcome` is not awaited. */
export async function enters(
  options: PlayOptions,
  bindings: Bindings,
  name: string,
  how: string,
  parameters: string,
): Promise<Person> {
  const { url, patienceMs } = options;
  const words = how.split(" ");
  const { dialect, path } = doorFor(String(bindings.get(name)), how, parameters);
  const socket = await dial(new URL(path, url), patienceMs);
  const person: Person = { socket, dialect, transcript: [] };
  if (words.includes("silent") || words.includes("unwelcome")) return person;
  try {
    if (person.dialect === "events") await hears(person, [{ type: "welcome" }], bindings, options);
    else await hearsNothing(person, "mark-login", options);
    return person;
  } catch (error) {
    socket.leaves(undefined);
    throw new Error(`${name} is not let in: ${(error as Error).message}`);
  }
}

/** Where somebody of this name comes in: the path with its parameters, `parameters` added to them. */
export function doorFor(
  username: string,
  how: string,
  parameters: string,
): { readonly dialect: "simple" | "events"; readonly path: string } {
  const [first, ...words] = how.split(" ");
  const search = new URLSearchParams();
  if (!words.includes("silent")) search.set("username", username);
  if (words.includes("token")) search.set("token", `token-of-${username}-0123456789`);
  for (const [field, value] of new URLSearchParams(parameters)) search.set(field, value);
  const dialect = first === "simple" ? "simple" : "events";
  return { dialect, path: `${dialect === "simple" ? "/v1/ws" : "/ws"}?${search}` };
}

/** The next frames are these, in any order. */
export async function hears(
  person: Person,
  expected: readonly Json[],
  bindings: Bindings,
  options: PlayOptions,
): Promise<void> {
  const open = [...expected];
  while (open.length > 0) {
    const heard = await nextHere(person, options);
    const at = open.findIndex((frame) => matches(filled(frame, bindings), heard, new Map(bindings)));
    if (at >= 0) {
      matches(filled(open[at] as Json, bindings), heard, bindings);
      open.splice(at, 1);
    } else if (!passes(heard)) {
      throw new Error(`heard ${shown(heard)} instead${told(person)}`);
    }
  }
}

/** Sooner or later this comes. */
export async function hearsUntil(
  person: Person,
  expected: Json,
  bindings: Bindings,
  options: PlayOptions,
): Promise<void> {
  const frame = filled(expected, bindings);
  for (;;) {
    const heard = await nextHere(person, options);
    if (matches(frame, heard, new Map(bindings))) return void matches(frame, heard, bindings);
  }
}

/**
 * Says something that is refused in its turn, behind all others, and hears nothing before that; also
 * none of `these`, which otherwise may come at any time.
 */
export async function hearsNothing(
  person: Person,
  mark: string,
  options: PlayOptions,
  these: readonly string[] = [],
): Promise<void> {
  const isSimple = person.dialect === "simple";
  const room = `no-room-${options.run}`;
  person.socket.says(
    isSimple
      ? `{"message":"mark","target":"#${room}","id":"${mark}"}`
      : `{"type":"send_message","id":"${mark}","payload":{"message":"mark","conversation":"#${room}"}}`,
  );
  for (;;) {
    const heard = (await nextHere(person, options)) as { id?: unknown; error?: { id?: unknown } };
    if ((isSimple ? heard.error?.id : heard.id) === mark) return;
    if (!passes(heard as Json) || these.includes(typeOf(heard as Json)))
      throw new Error(`heard ${shown(heard as Json)} where nothing was to be heard${told(person)}`);
  }
}

export async function isClosed(person: Person, code: number, { patienceMs }: PlayOptions): Promise<void> {
  for (;;) {
    const arrival = await person.socket.next(patienceMs);
    if (arrival === undefined) throw new Error(`the connection stays open${told(person)}`);
    if (!("closed" in arrival)) continue;
    if (arrival.closed === code) return;
    throw new Error(`closed with ${arrival.closed}${told(person)}`);
  }
}

async function next(person: Person, { patienceMs }: PlayOptions): Promise<Json> {
  const arrival = await person.socket.next(patienceMs);
  if (arrival === undefined) throw new Error(`heard nothing within ${patienceMs} ms${told(person)}`);
  if ("closed" in arrival) throw new Error(`the connection was closed with ${arrival.closed}${told(person)}`);
  person.transcript.push(arrival.text);
  try {
    return JSON.parse(arrival.text) as Json;
  } catch {
    throw new Error(`heard ${shown(arrival.text)}, which is not JSON`);
  }
}

/** The next frame that is not what people of other runs say to everyone. */
async function nextHere(person: Person, options: PlayOptions): Promise<Json> {
  for (;;) {
    const heard = await next(person, options);
    const { conversation, from } = (heard as { payload?: Line }).payload ?? (heard as Line);
    if (conversation !== "everyone" || typeof from !== "string" || from.endsWith(options.run)) return heard;
  }
}

function passes(heard: Json): boolean {
  return passing.has(typeOf(heard));
}

function typeOf(heard: Json): string {
  return String((heard as { type?: unknown }).type);
}

interface Line {
  readonly conversation?: unknown;
  readonly from?: unknown;
}

function told({ transcript }: Person): string {
  if (transcript.length === 0) return "";
  return `; heard so far:\n    ${transcript.slice(-6).map(shown).join("\n    ")}`;
}

function shown(heard: Json): string {
  const text = typeof heard === "string" ? heard : JSON.stringify(heard);
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
