// L4 for what people look at: when all is at rest, a conversation that is shown has every message from
// its first line (or its hole) on, each as it stands.

import type { ClientEvent } from "chat-hub";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Log, Placed } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import { beginsFor } from "./truth/visible.ts";

type View = Extract<ClientEvent, { type: "view" }>["view"];
type Line = View["lines"][number];
type MessageLine = Extract<Line, { kind: "message" }>;

export const views: RuleOf = ({ truth, wires }) => {
  /** By device: what is shown, and how it was told last. */
  const shown = new Map<string, Map<string, View | undefined>>();

  function hear(device: string, event: ClientEvent): void {
    const known = shown.get(device);
    if (known === undefined) return;
    if (event.type === "view" && known.has(event.conversation)) known.set(event.conversation, event.view);
    if (event.type === "departed") known.delete(event.conversation);
    if (event.type === "reset" && known.has(event.conversation)) known.set(event.conversation, undefined);
  }

  function settled(step: Step, device: string, person: Person): void {
    for (const [name, view] of shown.get(device) ?? []) {
      const newest = view?.lines.at(-1);
      if (view === undefined || view.loading.length > 0 || newest === undefined || newest.kind === "hole")
        continue;
      const log = truth.find(person.id, name, newest.seq);
      if (log === undefined || !truth.isIn(person, log)) {
        // Whoever is put out while connected learns it.
        if ((log?.stays.get(person.id)?.at(-1)?.until ?? 0) <= (wires.of(device)?.welcomed ?? 0)) continue;
        broken("L4", step, `${device} shows ${name}:${newest.seq}, which is none of theirs`);
      }
      const fault = faultOf(log, view.lines, person);
      if (fault !== undefined) broken("L4", step, `${device} shows ${name} otherwise than it is: ${fault}`);
    }
  }

  return (step) => {
    const { observed } = step;
    if (observed.type === "began") shown.delete(observed.device);
    if (observed.type === "looked") {
      const known = shown.get(observed.device) ?? new Map<string, View | undefined>();
      shown.set(observed.device, known);
      if (!observed.isShown) known.delete(observed.conversation);
      else if (!known.has(observed.conversation)) known.set(observed.conversation, undefined);
    }
    if (observed.type === "told") hear(observed.device, observed.event);
    if (observed.type !== "settled") return;
    for (const device of observed.online) {
      const person = wires.of(device)?.person;
      // To a program what earlier holders of its name did is its own.
      if (person?.holder === 1) settled(step, device, person);
    }
  };
};

function faultOf(log: Log, lines: readonly Line[], person: Person): string | undefined {
  const hole = lines.findIndex(({ kind }) => kind === "hole");
  const messages = new Map(
    lines.flatMap((line) => (line.kind === "message" ? [[line.seq, line] as const] : [])),
  );
  const begins = beginsFor(log, person);
  for (const line of messages.values()) {
    // What somebody under this name could see before them is told no more of.
    if (line.seq < begins) continue;
    const fault = lineFault(log, line, person);
    if (fault !== undefined) return `${line.seq} ${fault}`;
  }
  const first = lines[hole + 1];
  if (first === undefined || first.kind === "hole") return undefined;
  for (let seq = Math.max(first.seq, begins); seq <= log.head; seq += 1)
    if (log.at(seq)?.entry.type === "message" && !messages.has(seq)) return `${seq} is not there`;
  return undefined;
}

function lineFault(log: Log, line: MessageLine, person: Person): string | undefined {
  const placed = log.at(line.seq);
  if (placed?.entry.type !== "message") return "is no message";
  if (placed.deletedAt !== undefined)
    return line.deleted === true && line.message === "" ? undefined : "was deleted, and is shown";
  const text = placed.texts.at(-1)?.text;
  if (line.message !== text) return `says ${JSON.stringify(text)}, and shows ${JSON.stringify(line.message)}`;
  const [wanted, told] = [standingOf(log, placed, person), toldOf(line)];
  return wanted === told ? undefined : `has ${wanted}, and shows ${told}`;
}

/** What was done to a message, in words: reactions (whoever gave them first), and a pin. */
function standingOf(log: Log, { seq }: Placed, person: Person): string {
  const given = new Map<string, Set<number>>();
  let isPinned = false;
  for (const { entry } of log.entries) {
    if (!("target" in entry) || entry.target !== seq) continue;
    if (entry.type === "pin") isPinned = entry.on;
    if (entry.type !== "reaction") continue;
    const givers = given.get(entry.emoji) ?? new Set();
    given.set(entry.emoji, givers);
    if (entry.on) givers.add(entry.author);
    else givers.delete(entry.author);
  }
  const reactions = Array.from(given, ([emoji, givers]) => ({
    emoji,
    count: givers.size,
    mine: givers.has(person.id),
  }));
  return wordsOf(
    reactions.filter(({ count }) => count > 0),
    isPinned,
  );
}

function toldOf({ reactions = [], pinned }: MessageLine): string {
  const rows = reactions.map(({ emoji, count, mine }) => ({ emoji, count, mine: mine === true }));
  return wordsOf(rows, pinned === true);
}

function wordsOf(
  reactions: readonly { readonly emoji: string; readonly count: number; readonly mine: boolean }[],
  isPinned: boolean,
): string {
  const rows = reactions.map(({ emoji, count, mine }) => `${emoji} ${count}${mine ? " with one's own" : ""}`);
  return [...rows.sort(), ...(isPinned ? ["a pin"] : [])].join(", ") || "nothing done to it";
}
