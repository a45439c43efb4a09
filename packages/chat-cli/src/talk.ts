// A person's talk in a terminal: what they are shown of what the client tells, and what becomes of what
// they enter. It prints nothing itself; lines that are to stay come out of it, the rest can be asked.

import type { ClientEvent, Connection, Millis } from "chat-hub";
import type { Inert } from "./inert.js";
import type { CommandName } from "./input.js";
import { commands, meaningOfTyped } from "./input.js";
import type { Row } from "./layout.js";
import type { Fact } from "./line.js";
import type { Viewer } from "./look.js";
import { clock, dayLine, listed, messageLines, messageOf, noteLine } from "./look.js";
import type { Palette } from "./palette.js";
import { join } from "./palette.js";
import { clip, columnsOf } from "./width.js";

/** What is to be done after an event or an entered line. */
export interface Turn {
  readonly lines: readonly Inert[];
  readonly facts: readonly Fact[];
  readonly leave?: boolean;
}

export interface Talk {
  hear(event: ClientEvent, wall: number): Turn;
  enter(text: string, wall: number, nonce: string): Turn;
  /** Lines that were said and are not in the log yet: rows above the prompt, at most this wide. */
  waiting(columns: number, at: Millis): readonly Row[];
  unsent(): number;
  /** What the prompt says before its sign; nothing when all is well. */
  standing(at: Millis): string;
  /** What Tab may complete to. */
  words(): readonly string[];
}

interface Said {
  readonly to: string;
  readonly message: string;
  readonly wall: number;
  problem: { readonly text: string; readonly until: Millis } | undefined;
}

/** Rows of unsent lines above the prompt. */
const mostWaiting = 4;
/** With more people than this here, nobody's coming and going is worth a line. */
const crowd = 40;
const historyRows = 20;

/** Ways out that read better here than the server's, which speaks to those who type JSON. */
const hints: Readonly<Record<string, string>> = {
  unknown_user: "/who tells who is here",
  away: "",
  too_long: "send it in parts",
  malformed: "",
  bad_name: "/who tells who is here",
};

export function createTalk(url: string, viewer: Viewer): Talk {
  const { palette } = viewer;
  const unsent = new Map<string, Said>();
  /** Recipients who were away, by the place of the line. */
  const away = new Map<string, string>();
  const asked = new Map<number, { readonly conversation: string }>();
  /** Who spoke, the latest last: the likeliest to be spoken to. */
  const speakers = new Set<string>();
  let people: Extract<ClientEvent, { type: "people" }> | undefined;
  let connection: Connection = { state: "connecting" };
  let everOnline = false;
  let lastDay = "";
  let asks = 0;
  let warned = false;

  const quietly = (text: string, wall: number): Inert => noteLine(text, wall, palette);
  const turn = (lines: readonly Inert[], facts: readonly Fact[] = []): Turn => ({ lines, facts });
  const nothing = turn([]);

  function hear(event: ClientEvent, wall: number): Turn {
    switch (event.type) {
      case "connection":
        return turned(event.connection, wall);
      case "entry":
        return event.entry.kind === "message" ? told(event.entry) : nothing;
      case "acked": {
        unsent.delete(event.nonce);
        const { conversation, seq, recipient } = event.ack;
        if (recipient !== "away") return nothing;
        const line = quietly(`${conversation.slice(1)} is away and will find it on coming back`, wall);
        if (event.told) return turn([line]);
        away.set(`${conversation} ${seq}`, conversation.slice(1));
        return nothing;
      }
      case "refused":
        return refused(event.nonce, event.error, wall);
      case "delayed": {
        const said = unsent.get(event.nonce);
        if (said !== undefined) said.problem = { text: event.error.message, until: event.until };
        return nothing;
      }
      case "people":
        return met(event, wall);
      case "welcome":
        return welcomed(event.welcome, wall);
      case "answered":
        return answered(event);
      case "unanswered":
        asked.delete(event.ask);
        return turn([palette.bad(`${clock(wall)}  ${event.error.message}`)]);
      case "reset":
        return turn([
          palette.warning("The server was put back to an older state. These are its newest lines:"),
        ]);
      case "gone":
        return turn([quietly(`${event.before - event.after - 1} lines are not kept any more`, wall)]);
      case "complaint":
        return turn([palette.warning(`${clock(wall)}  the server says: ${event.error.message}`)]);
      case "resumed":
        return nothing;
    }
  }

  function turned(now: Connection, wall: number): Turn {
    const before = connection;
    connection = now;
    if (now.state === "online") {
      const again = everOnline;
      everOnline = true;
      return again ? turn([quietly("back online", wall)]) : nothing;
    }
    if (now.state !== "waiting" || before.state !== "online") return nothing;
    const why = now.reason === "" ? "" : ` (${now.reason})`;
    return turn([quietly(`connection lost${why}; what you write is kept and sent later`, wall)]);
  }

  function welcomed(welcome: Extract<ClientEvent, { type: "welcome" }>["welcome"], wall: number): Turn {
    if (everOnline) return nothing;
    const place = new URL(url).host;
    const lines = [
      join(
        palette.strong(place),
        palette.quiet(` as `),
        palette.name(welcome.username)(welcome.username),
        palette.quiet(`, ${many(welcome.here, "person", "people")} here. /help tells what you can type.`),
      ),
    ];
    const row = welcome.conversations.find(({ conversation }) => conversation === "everyone");
    if (row !== undefined && row.unread > historyRows) {
      lines.push(
        quietly(
          `${row.unread} lines since you were here; /history ${Math.min(row.unread, 200)} shows more of them`,
          wall,
        ),
      );
    }
    return turn(lines);
  }

  function told(entry: Extract<Extract<ClientEvent, { type: "entry" }>["entry"], { kind: "message" }>): Turn {
    if (!entry.own) {
      speakers.delete(entry.from);
      speakers.add(entry.from);
    }
    const place = `${entry.conversation} ${entry.seq}`;
    const absent = away.get(place);
    away.delete(place);
    const lines = [...day(entry.at), ...messageOf(entry, viewer)];
    if (absent !== undefined)
      lines.push(quietly(`${absent} is away and will find it on coming back`, entry.at));
    return turn(lines, [{ type: "read", conversation: entry.conversation, seq: entry.seq }]);
  }

  function day(at: number): readonly Inert[] {
    const now = new Date(at).toDateString();
    if (now === lastDay) return [];
    const first = lastDay === "";
    lastDay = now;
    return first && now === new Date().toDateString() ? [] : [dayLine(at, palette)];
  }

  function refused(
    nonce: string,
    error: { code: string; message: string; hint?: string },
    wall: number,
  ): Turn {
    const said = unsent.get(nonce);
    unsent.delete(nonce);
    const hint = hints[error.code] ?? error.hint ?? "";
    const why = palette.bad(
      `${palette.signs.failed} not sent: ${error.message}${hint === "" ? "" : ` (${hint})`}`,
    );
    if (said === undefined) return turn([why]);
    const entry = { ...said, from: viewer.username, sent: "", conversation: said.to, seq: 0, at: wall };
    const shown = said.to.startsWith("@") ? { ...entry, to: said.to.slice(1) } : withoutTo(entry);
    return turn([...messageLines(shown, true, viewer), why]);
  }

  function met(event: Extract<ClientEvent, { type: "people" }>, wall: number): Turn {
    people = event;
    if (event.count > crowd) return nothing;
    const came = event.came.filter((name) => name !== viewer.username);
    const left = event.left.filter((name) => name !== viewer.username);
    const lines: Inert[] = [];
    if (came.length > 0) lines.push(quietly(`${listed(came)} joined`, wall));
    if (left.length > 0) lines.push(quietly(`${listed(left)} left`, wall));
    return turn(lines);
  }

  function answered({ ask, answer }: Extract<ClientEvent, { type: "answered" }>): Turn {
    asked.delete(ask);
    if (answer.type !== "history") return nothing;
    const of = answer.conversation === "everyone" ? "everyone" : answer.conversation.slice(1);
    const { rule } = palette.signs;
    const title = palette.quiet(`${rule} the last ${answer.messages.length} of ${of} ${rule}`);
    if (answer.messages.length === 0)
      return turn([palette.quiet(`${rule} nothing was said with ${of} yet ${rule}`)]);
    const lines = answer.messages.flatMap((message) =>
      messageLines(message, message.from === viewer.username, viewer),
    );
    return turn([title, ...lines, palette.quiet(`${rule} now ${rule}`)]);
  }

  function enter(text: string, wall: number, nonce: string): Turn {
    const meaning = meaningOfTyped(text);
    switch (meaning.type) {
      case "say":
        warned = false;
        unsent.set(nonce, { to: meaning.to, message: meaning.message, wall, problem: undefined });
        return turn([], [{ type: "said", nonce, to: meaning.to, message: meaning.message }]);
      case "nothing":
        return turn([palette.warning(`${clock(wall)}  ${meaning.reason}`)]);
      case "command":
        return obey(meaning.name, meaning.words, wall);
    }
  }

  function obey(name: CommandName, words: readonly string[], wall: number): Turn {
    switch (name) {
      case "help":
        return turn(helpLines(palette));
      case "who":
        return turn([whoLine(wall)]);
      case "history":
        return history(words, wall);
      case "quit":
        if (unsent.size === 0 || warned) return { ...nothing, leave: true };
        warned = true;
        return turn([
          palette.warning(
            `${clock(wall)}  ${many(unsent.size, "line is", "lines are")} not sent yet. /quit again leaves without them.`,
          ),
        ]);
    }
  }

  function history(words: readonly string[], wall: number): Turn {
    const number = words.find((word) => /^\d+$/.test(word));
    const name = words.find((word) => !/^\d+$/.test(word));
    if (words.length > 2 || (words.length === 2 && (number === undefined || name === undefined))) {
      return turn([palette.warning(`${clock(wall)}  it is ${commands.history.usage}`)]);
    }
    const conversation =
      name === undefined || name === "everyone" ? "everyone" : `@${name.replace(/^@/, "")}`;
    const limit = Math.max(1, Math.min(Number(number ?? historyRows), 200));
    asks += 1;
    asked.set(asks, { conversation });
    return turn([], [{ type: "asked", ask: asks, question: { type: "history", conversation, limit } }]);
  }

  function whoLine(wall: number): Inert {
    if (people === undefined || connection.state !== "online")
      return quietly("not connected: nobody knows who is here", wall);
    const names = [...people.here].sort((one, other) => one.localeCompare(other));
    const parts = names.flatMap((name, index) => [
      palette.quiet(index === 0 ? "" : ", "),
      name === viewer.username ? palette.strong("you") : palette.name(name)(name),
    ]);
    const more = people.complete ? "" : ` and others`;
    return join(palette.quiet(`${clock(wall)}  ${people.count} here: `), ...parts, palette.quiet(more));
  }

  return {
    hear,
    enter,
    waiting(columns, at) {
      const all = [...unsent.values()];
      const shown = all.slice(0, all.length > mostWaiting ? mostWaiting - 1 : mostWaiting);
      const rows = shown.map(({ to, message, problem }) => {
        const seconds = problem === undefined ? 0 : Math.ceil((problem.until - at) / 1000);
        const why = problem === undefined || seconds < 1 ? "" : ` (${problem.text}; again in ${seconds} s)`;
        const address = to === "everyone" ? "" : ` ${palette.signs.to} ${to.slice(1)}`;
        return `${palette.signs.sending} you${address}  ${message.replace(/\s+/g, " ")}${why}`;
      });
      if (all.length > shown.length)
        rows.push(`${palette.signs.sending} and ${all.length - shown.length} more`);
      return rows.map((text) => waitingRow(text, columns, palette));
    },
    unsent: () => unsent.size,
    standing(at) {
      if (connection.state === "connecting") return "connecting";
      if (connection.state !== "waiting") return "";
      const seconds = Math.ceil((connection.until - at) / 1000);
      return seconds > 0 ? `offline, again in ${seconds} s` : "offline";
    },
    words() {
      const others = [...(people?.here ?? [])].sort((one, other) => one.localeCompare(other));
      const names = new Set([...[...speakers].reverse(), ...others]);
      names.delete(viewer.username);
      const slashed = Object.keys(commands).map((name) => `/${name}`);
      return [...slashed, ...[...names].flatMap((name) => [name, `@${name}`])];
    },
  };
}

function waitingRow(text: string, columns: number, palette: Palette): Row {
  const painted = palette.quiet(clip(text, columns - 1));
  return { text: painted, columns: Math.min(columnsOf(text), columns - 1) };
}

function withoutTo<Value extends { to: unknown }>({ to: _, ...rest }: Value): Omit<Value, "to"> {
  return rest;
}

function many(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

function helpLines(palette: Palette): readonly Inert[] {
  const rows: readonly (readonly [string, string])[] = [
    ["hello", "said to everyone"],
    ["@bob hello", "said only to bob"],
    ...Object.values(commands).map(({ usage, what }) => [usage, what] as const),
    ["//hello", "says /hello"],
    ["Tab", "completes a name; again: the next one"],
    ["Up, Down", "what you wrote before"],
    ["Alt-Enter", "a new line in the same message"],
  ];
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) =>
    join(palette.plain("  "), palette.command(left.padEnd(width)), palette.plain(`  ${right}`)),
  );
}
