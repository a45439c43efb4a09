// A person's talk in a terminal: what they are shown of what the client tells, and what becomes of what
// they enter. It prints nothing itself: the lines that are to stay come out of it, the rest can be asked.

import type { ClientEvent, ClientFact, Connection, MessageEntry, Millis } from "chat-hub";
import { createCompany } from "./company.js";
import { helpLines } from "./help.js";
import type { Inert } from "./inert.js";
import type { Command } from "./input.js";
import { commands, meaningOfTyped } from "./input.js";
import type { Row } from "./layout.js";
import type { Viewer } from "./look.js";
import { clock, many, messageOf } from "./look.js";
import {
  awayLine,
  dayLines,
  greetingLines,
  historyLines,
  mostHistoryRows,
  noteLine,
  refusalLines,
  warningLine,
} from "./notices.js";
import { join } from "./palette.js";
import { createUnsent } from "./unsent.js";

/** What is to be done after an event or an entered line. */
export interface Turn {
  readonly lines: readonly Inert[];
  readonly facts?: readonly ClientFact[];
  readonly leave?: true;
}

export interface Talk {
  /** `wall` = now, Unix time. */
  hear(event: ClientEvent, wall: number): Turn;
  enter(text: string, nonce: string, wall: number): Turn;
  /** Lines that were entered and are not in the log yet: rows above the prompt, no wider than this. */
  waiting(columns: number, at: Millis): readonly Row[];
  unsent(): number;
  /** What the prompt says before its sign; nothing when all is well. */
  standing(at: Millis): string;
  /** What Tab may complete to. */
  words(): readonly string[];
}

/** What /history shows unless it is told otherwise; as much is shown on coming in. */
const historyRows = 20;

export function createTalk(url: string, viewer: Viewer): Talk {
  const { palette } = viewer;
  const unsent = createUnsent(palette);
  const company = createCompany(viewer);
  /** Recipients who were away, by the place of the line. */
  const away = new Map<string, string>();
  let connection: Connection = { state: "connecting" };
  let everOnline = false;
  let wasReset = false;
  /** The moment of the line that was shown last; the first one's day is today unless it says otherwise. */
  let shownAt: number | undefined;
  let asks = 0;
  let isLeaving = false;

  const quietly = (text: string, wall: number): Inert => noteLine(text, wall, palette);
  const loudly = (text: string, wall: number): Inert => warningLine(text, wall, palette);
  const lines = (...shown: readonly Inert[]): Turn => ({ lines: shown });

  function hear(event: ClientEvent, wall: number): Turn {
    switch (event.type) {
      case "connection":
        return turned(event.connection, wall);
      case "welcome":
        viewer.username = event.welcome.username;
        return everOnline ? lines() : lines(...greetingLines(event.welcome, url, historyRows, wall, viewer));
      case "entry":
        return event.entry.kind === "message" ? told(event.entry, wall) : lines();
      case "acked":
        return acked(event, wall);
      case "refused":
        return lines(...refusalLines(unsent.take(event.nonce), event.error, wall, viewer));
      case "delayed":
        unsent.delay(event.nonce, event.error.message, event.until);
        return lines();
      case "people":
        return lines(...company.meet(event).map((news) => quietly(news, wall)));
      case "answered":
        return event.answer.type === "history" ? lines(...historyLines(event.answer, wall, viewer)) : lines();
      case "unanswered":
        return lines(palette.bad(`${clock(wall)}  ${event.error.message}`));
      case "reset": {
        const again = wasReset;
        wasReset = true;
        return again
          ? lines()
          : lines(loudly("the server's history is another one now; it goes on from here", wall));
      }
      case "gone":
        return lines(
          quietly(`${many(event.before - event.after - 1, "line is", "lines are")} not kept any more`, wall),
        );
      case "complaint":
        return lines(loudly(`the server says: ${event.error.message}`, wall));
      default:
        return lines();
    }
  }

  function turned(now: Connection, wall: number): Turn {
    const before = connection.state;
    connection = now;
    if (now.state === "online") {
      const again = everOnline;
      everOnline = true;
      wasReset = false;
      return again ? lines(quietly("back online", wall)) : lines();
    }
    if (now.state !== "waiting" || before !== "online") return lines();
    const why = now.reason === "" ? "" : ` (${now.reason})`;
    return lines(quietly(`connection lost${why}; what you write is kept and sent later`, wall));
  }

  function told(entry: MessageEntry, wall: number): Turn {
    if (!entry.own) company.spoke(entry.from);
    const place = `${entry.conversation} ${entry.seq}`;
    const absent = away.get(place);
    away.delete(place);
    const shown = [...dayLines(shownAt ?? wall, entry.at, palette), ...messageOf(entry, viewer)];
    shownAt = entry.at;
    if (absent !== undefined) shown.push(awayLine(absent, entry.at, palette));
    return { lines: shown, facts: [{ type: "read", conversation: entry.conversation, seq: entry.seq }] };
  }

  function acked({ nonce, ack, told: wasTold }: Extract<ClientEvent, { type: "acked" }>, wall: number): Turn {
    unsent.take(nonce);
    if (ack.recipient !== "away" || ack.conversation === undefined) return lines();
    const name = ack.conversation.slice(1);
    if (wasTold) return lines(awayLine(name, wall, palette));
    away.set(`${ack.conversation} ${ack.seq}`, name);
    return lines();
  }

  function enter(text: string, nonce: string, wall: number): Turn {
    const meaning = meaningOfTyped(text);
    if (meaning.type === "nothing") return lines(loudly(meaning.reason, wall));
    if (meaning.type === "command") return obey(meaning.command, wall);
    const { to, message } = meaning;
    isLeaving = false;
    unsent.add(nonce, { to, message });
    return { lines: [], facts: [{ type: "said", nonce, to, message }] };
  }

  function obey(command: Command, wall: number): Turn {
    switch (command.name) {
      case "help":
        return lines(...helpLines(palette));
      case "who": {
        const list = connection.state === "online" ? company.list() : undefined;
        if (list === undefined) return lines(loudly("not connected: nobody knows who is here", wall));
        return lines(join(quietly("", wall), list));
      }
      case "history": {
        const { conversation, limit = historyRows } = command;
        asks += 1;
        const question = { type: "history", conversation, limit: Math.min(limit, mostHistoryRows) } as const;
        return { lines: [], facts: [{ type: "asked", ask: asks, question }] };
      }
      case "quit": {
        const count = unsent.count();
        if (count === 0 || isLeaving) return { lines: [], leave: true };
        isLeaving = true;
        const left = many(count, "line is", "lines are");
        const soon = connection.state === "online" ? "sent first" : "not sent yet";
        return lines(loudly(`${left} ${soon}; /quit again leaves without`, wall));
      }
    }
  }

  return {
    hear(event, wall) {
      const turn = hear(event, wall);
      return isLeaving && unsent.count() === 0 ? { ...turn, leave: true } : turn;
    },
    enter,
    waiting: unsent.rows,
    unsent: unsent.count,
    standing(at) {
      if (connection.state === "connecting") return "connecting";
      if (connection.state !== "waiting") return "";
      const seconds = Math.ceil((connection.until - at) / 1000);
      return seconds > 0 ? `offline, again in ${seconds} s` : "offline";
    },
    words() {
      const slashed = Object.keys(commands).map((name) => `/${name}`);
      return [...slashed, ...company.names().flatMap((name) => [name, `@${name}`])];
    },
  };
}
