// The person at a terminal: keys in, drawings out. What it all means is decided by the editor, the talk
// and the client core; this file owns the terminal, and gives it back as it was.

import { emitKeypressEvents } from "node:readline";
import type { ReadStream, WriteStream } from "node:tty";
import { layOutBottom } from "./bottom.js";
import type { Editor } from "./editor.js";
import { emptyEditor, press } from "./editor.js";
import type { Ending } from "./exits.js";
import { endingOf, exits } from "./exits.js";
import type { Inert } from "./inert.js";
import type { Key, Stroke } from "./keys.js";
import { strokeOf } from "./keys.js";
import type { Line } from "./line.js";
import { now, openLine } from "./line.js";
import { newNonce } from "./nonce.js";
import type { Palette } from "./palette.js";
import type { Bottom, Drawn } from "./screen.js";
import { clearScreen, dontMarkPastes, draw, markPastes, nothingDrawn } from "./screen.js";
import { createTalk } from "./talk/talk.js";
import type { Moment, Turn } from "./talk/turn.js";
import { patienceMs } from "./talk/unsent.js";

/** How often a countdown in the prompt is drawn. */
const tickMs = 500;
const bell = "\u0007";

function moment(): Moment {
  return { at: now(), wall: Date.now() };
}

/** What was said last to everyone, and whatever waits unread. */
const firstSince = "everyone:-20,*:unread";

export interface TerminalOptions {
  readonly url: string;
  readonly username: string;
  readonly token: string | undefined;
  /** Shown if there is no token, or it is good no more. */
  readonly password?: string | undefined;
  readonly ca?: string | undefined;
  /** The server gave this token. */
  readonly given?: (token: string) => void;
  /** A token that may be newer than the one that is shown. */
  readonly newerToken?: () => string | undefined;
  readonly rooms: readonly string[];
  /** Where plain lines go at first. */
  readonly to: string;
  readonly since: string | undefined;
  readonly bell: boolean;
  readonly palette: Palette;
}

/** Runs until the person leaves, or the server does for good. */
export function talkAtTerminal(
  options: TerminalOptions,
  keyboard: ReadStream,
  display: WriteStream,
): Promise<Ending> {
  const { url, username, token, password, ca, palette, to: target } = options;
  const rooms = options.rooms.length === 0 ? undefined : options.rooms.join(",");
  const since = options.since ?? firstSince;
  const viewer = { username, palette, columns: () => display.columns };
  const talk = createTalk({ url, viewer, target, wall: Date.now() });
  let editor: Editor = emptyEditor;
  let hidden: Editor = emptyEditor;
  let drawn: Drawn = nothingDrawn;
  let printed: Inert[] = [];
  let scheduled = false;
  let everOnline = false;
  let over = false;
  let settle: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => {
    settle = resolve;
  });

  const line: Line = openLine(
    { url, username, token, password, ca, since, rooms, receipts: true },
    (event) => {
      if (over) return;
      if (event.type === "connection") {
        if (event.connection.state === "online") everOnline = true;
        const ending = endingOf(event.connection, { url, username, everOnline, failure: line.failure() });
        if (ending !== undefined) return end(ending);
      }
      if (event.type === "token") return options.given?.(event.token);
      if (event.type === "token_wanted") return renew();
      follow(talk.hear(event, moment()));
    },
  );

  function renew(): void {
    const newer = options.newerToken?.();
    if (newer !== undefined) line.tell({ type: "renewed", token: newer });
  }

  function follow(turn: Turn): void {
    printed.push(...turn.lines);
    for (const fact of turn.facts ?? []) line.tell(fact);
    if (turn.ring === true && options.bell) display.write(bell);
    if (turn.leave === true) end({ code: exits.ok, ...(turn.forget === true ? { isOver: true } : {}) });
    schedule();
  }

  /** All that happens in one turn of the loop is one drawing. */
  function schedule(): void {
    if (scheduled || over) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      if (!over) redraw(layOutBottom(talk, { editor, hidden }, palette, display));
    });
  }

  /** Without a bottom, all that stays is what was printed. */
  function redraw(bottom: Bottom | undefined): void {
    const { columns, rows } = display;
    const drawing = draw(drawn, printed, bottom, { columns, rows });
    printed = [];
    drawn = drawing.drawn;
    display.write(drawing.output);
  }

  // What was typed before the keyboard was taken came through the terminal's own line, which makes a
  // newline of Enter. It is all in the first that is read.
  let isTypedAhead = true;
  keyboard.once("data", () => setImmediate(() => (isTypedAhead = false)));

  function key(text: string | undefined, key: Key): void {
    const stroke = strokeOf(text, isTypedAhead && key.name === "enter" ? { ...key, name: "return" } : key);
    if (stroke === undefined || over) return;
    if (talk.hidden() !== undefined) return hiddenKey(stroke);
    const pressed = press(editor, stroke, talk.offers);
    editor = pressed.editor;
    switch (pressed.deed?.type) {
      case "entered":
        follow(talk.enter(pressed.deed.text, newNonce(), moment()));
        setTimeout(schedule, patienceMs + 10).unref();
        break;
      case "leave":
        follow(talk.enter("/quit", "", moment()));
        break;
      case "interrupt":
        end({ code: exits.interrupted });
        break;
      case "suspend":
        suspend();
        break;
      case "clearScreen":
        display.write(clearScreen);
        drawn = nothingDrawn;
        break;
      case undefined:
        break;
    }
    if (!over) for (const fact of talk.pressed(editor.text, moment())) line.tell(fact);
    schedule();
  }

  /** Nothing of it comes back by the up key, and nobody is told that somebody types. */
  function hiddenKey(stroke: Stroke): void {
    const { editor: typed, deed } = press(hidden, stroke);
    hidden = deed === undefined ? typed : emptyEditor;
    if (deed !== undefined)
      follow(talk.enterHidden(deed.type === "entered" ? deed.text : undefined, moment()));
    schedule();
  }

  function take(): void {
    keyboard.setRawMode(true);
    keyboard.resume();
    display.write(markPastes);
  }

  function giveBack(): void {
    display.write(dontMarkPastes);
    if (keyboard.isTTY) keyboard.setRawMode(false);
  }

  function suspend(): void {
    redraw(undefined);
    giveBack();
    process.once("SIGCONT", () => {
      take();
      line.tell({ type: "woken" });
      schedule();
    });
    process.kill(process.pid, "SIGTSTP");
  }

  const ticking = setInterval(() => {
    if (talk.standing(now()) !== "" || talk.unsent() > 0) schedule();
  }, tickMs);

  function end(ending: Ending): void {
    if (over) return;
    // What was not sent is said, so that nobody believes it was.
    redraw(undefined);
    over = true;
    clearInterval(ticking);
    giveBack();
    keyboard.pause();
    const lost = talk.unsent();
    const note = lost === 0 ? undefined : `${lost} ${lost === 1 ? "line was" : "lines were"} not sent`;
    const text = [ending.text, note].filter((part) => part !== undefined).join("; ");
    void line.close().then(() => settle(text === "" ? ending : { ...ending, text }));
  }

  emitKeypressEvents(keyboard);
  keyboard.on("keypress", key);
  // The terminal is gone.
  keyboard.once("end", () => end({ code: exits.ok }));
  display.on("resize", schedule);
  process.once("SIGTERM", () => end({ code: 143 }));
  process.once("SIGHUP", () => end({ code: 129 }));
  process.once("exit", () => over || giveBack());
  take();
  line.tell({ type: "started" });
  schedule();
  return ended;
}
