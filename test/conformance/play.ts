// Plays one vector against a server: connects its people, says what they say, and holds what they hear
// against what must be heard.

import type { WireSocket } from "./socket.ts";
import { dial } from "./socket.ts";
import type { Bindings } from "./template.ts";
import { filled, matches } from "./template.ts";
import type { Json, Step, Vector } from "./vectors.ts";

export interface PlayOptions {
  readonly url: URL;
  /** Makes the names of this run differ from those of all others. */
  readonly run: string;
  /** How long is waited for what must come. */
  readonly patienceMs: number;
}

/** Pushes that may come at any time; they are passed over where nothing asks for them. */
const passing = new Set(["presence", "unread", "receipt", "typing", "behind"]);

interface Person {
  readonly socket: WireSocket;
  readonly dialect: "simple" | "events";
  readonly transcript: string[];
}

/** @throws Error that says which step failed, and what was heard */
export async function play(vector: Vector, options: PlayOptions): Promise<void> {
  const bindings: Bindings = new Map();
  for (const name of [...Object.keys(vector.people ?? {}), ...(vector.rooms ?? [])])
    bindings.set(name, `${name}-${options.run}`);
  const people = new Map<string, Person>();
  try {
    for (const [name, how] of Object.entries(vector.people ?? {}))
      if (how !== "later") people.set(name, await enters(options, bindings, name, how, ""));
    for (const [index, step] of vector.steps.entries())
      await take(step, index, people, bindings, options).catch((error: Error) => {
        throw new Error(`step ${index + 1}, ${JSON.stringify(step)}: ${error.message}`);
      });
  } finally {
    for (const { socket } of people.values()) socket.leaves(1000);
  }
}

async function take(
  step: Step,
  index: number,
  people: Map<string, Person>,
  bindings: Bindings,
  options: PlayOptions,
): Promise<void> {
  if ("connect" in step) {
    const parameters = String(filled(step.parameters ?? "", bindings));
    people.set(step.connect, await enters(options, bindings, step.as, step.how, parameters));
  } else if ("disconnect" in step) {
    personOf(people, step.disconnect).socket.leaves(step.code);
  } else if ("from" in step) {
    const text =
      "text" in step ? String(filled(step.text, bindings)) : JSON.stringify(filled(step.frame, bindings));
    personOf(people, step.from).socket.says(text);
  } else {
    const person = personOf(people, step.to);
    if ("closed" in step) await isClosed(person, step.closed, options);
    else if ("nothing" in step) await hearsNothing(person, `mark-${index}`, options);
    else if ("frame" in step) await hears(person, [step.frame], bindings, options);
    else await hears(person, step.frames, bindings, options);
  }
}

function personOf(people: ReadonlyMap<string, Person>, name: string): Person {
  const person = people.get(name);
  if (person === undefined) throw new Error(`${name} is not connected`);
  return person;
}

/** `events`, `simple`; `events token` keeps the name; `events silent` does not log in. */
async function enters(
  { url, patienceMs }: PlayOptions,
  bindings: Bindings,
  name: string,
  how: string,
  parameters: string,
): Promise<Person> {
  const [dialect, ...words] = how.split(" ");
  const address = new URL(dialect === "simple" ? "/v1/ws" : "/ws", url);
  if (!words.includes("silent")) address.searchParams.set("username", String(bindings.get(name)));
  if (words.includes("token")) address.searchParams.set("token", `token-of-${bindings.get(name)}-0123456789`);
  for (const [field, value] of new URLSearchParams(parameters)) address.searchParams.set(field, value);
  const socket = await dial(address, patienceMs);
  const person: Person = { socket, dialect: dialect === "simple" ? "simple" : "events", transcript: [] };
  if (person.dialect === "events" && !words.includes("silent") && !words.includes("unwelcome"))
    await hears(person, [{ type: "welcome" }], bindings, { url, run: "", patienceMs });
  return person;
}

async function hears(
  person: Person,
  expected: readonly Json[],
  bindings: Bindings,
  options: PlayOptions,
): Promise<void> {
  const open = [...expected];
  while (open.length > 0) {
    const heard = await next(person, options);
    const at = open.findIndex((frame) => matches(filled(frame, bindings), heard, new Map(bindings)));
    if (at >= 0) {
      matches(filled(open[at] as Json, bindings), heard, bindings);
      open.splice(at, 1);
    } else if (!passing.has(typeOf(heard))) {
      throw new Error(`heard ${JSON.stringify(heard)} instead${told(person)}`);
    }
  }
}

/** Asks something, and hears nothing before its answer. */
async function hearsNothing(person: Person, mark: string, options: PlayOptions): Promise<void> {
  const isSimple = person.dialect === "simple";
  person.socket.says(
    isSimple ? `{"message":"mark","target":"?","id":"${mark}"}` : `{"type":"ping","id":"${mark}"}`,
  );
  for (;;) {
    const heard = (await next(person, options)) as { id?: unknown; error?: { id?: unknown } };
    if ((isSimple ? heard.error?.id : heard.id) === mark) return;
    if (!passing.has(typeOf(heard as Json)))
      throw new Error(`heard ${JSON.stringify(heard)} where nothing was to be heard${told(person)}`);
  }
}

async function next(person: Person, { patienceMs }: PlayOptions): Promise<Json> {
  const arrival = await person.socket.next(patienceMs);
  if (arrival === undefined) throw new Error(`heard nothing within ${patienceMs} ms${told(person)}`);
  if ("closed" in arrival) throw new Error(`the connection was closed with ${arrival.closed}${told(person)}`);
  person.transcript.push(arrival.text);
  return JSON.parse(arrival.text) as Json;
}

async function isClosed(person: Person, code: number, { patienceMs }: PlayOptions): Promise<void> {
  for (;;) {
    const arrival = await person.socket.next(patienceMs);
    if (arrival === undefined) throw new Error(`the connection stays open${told(person)}`);
    if (!("closed" in arrival)) continue;
    if (arrival.closed === code) return;
    throw new Error(`closed with ${arrival.closed}${told(person)}`);
  }
}

function typeOf(frame: Json): string {
  const { type } = frame as { readonly type?: unknown };
  return String(type);
}

function told({ transcript }: Person): string {
  return transcript.length === 0 ? "" : `; heard so far:\n    ${transcript.slice(-6).join("\n    ")}`;
}
