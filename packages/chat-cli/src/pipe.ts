// Not a terminal: each line of the input is something said, and what is heard is printed, if asked for.

import type { Readable, Writable } from "node:stream";
import type { ClientEntry, ClientEvent, OtherEntry } from "chat-hub";
import type { Ending } from "./exits.js";
import { endingOf, exits } from "./exits.js";
import type { Inert } from "./inert.js";
import { inertJson } from "./inert.js";
import { meaningOfPiped } from "./input.js";
import { now, openLine } from "./line.js";
import { readLines } from "./lines.js";
import { actLines } from "./look/acts.js";
import { messageOf } from "./look.js";
import { newNonce } from "./nonce.js";
import { refusalWords } from "./notices.js";
import type { Palette } from "./palette.js";
import { report } from "./report.js";

/** Lines said and not acked; the input is not read on until there are fewer. */
const mostUnacked = 256;

export interface PipeOptions {
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
  /** Where lines go that say nothing else. */
  readonly to: string;
  readonly since: string | undefined;
  /** Stays after the end of the input. */
  readonly follow: boolean;
  /** Prints what is heard, for people to read; or, with `json`, every event. */
  readonly show: boolean;
  readonly json: boolean;
  readonly timeoutMs: number;
  readonly palette: Palette;
}

export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
  /** Says something to the person who started it. */
  note(text: string): void;
}

/** Runs until the last line of the input is acked; with `follow`, until it is told to stop. */
export function talkThroughPipe(options: PipeOptions, { input, output, note }: Streams): Promise<Ending> {
  const { url, username, token, password, ca, palette, to, since } = options;
  const rooms = options.rooms.length === 0 ? undefined : options.rooms.join(",");
  const isOurs = (room: string): boolean => options.rooms.includes(room.slice(1));
  const viewer = { username, palette };
  const unacked = new Map<string, string>();
  let refused = 0;
  let online = false;
  let everOnline = false;
  let over = false;
  let patience: NodeJS.Timeout | undefined;
  let settle: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => {
    settle = resolve;
  });

  const line = openLine({ url, username, token, password, ca, since, rooms, receipts: true }, (event) => {
    if (over) return;
    const reported = options.json ? report(event, now()) : undefined;
    if (reported !== undefined) print(inertJson(reported));
    hear(event);
  });
  const lines = readLines(input, sayOn);

  function hear(event: ClientEvent): void {
    switch (event.type) {
      case "connection": {
        online = event.connection.state === "online";
        everOnline ||= online;
        const ending = endingOf(event.connection, { url, username, everOnline, failure: line.failure() });
        if (ending !== undefined) return end(ending);
        waitPatiently();
        return sayOn();
      }
      case "welcome":
        viewer.username = event.welcome.username;
        return;
      case "entry": {
        const { entry } = event;
        if (entry.kind === "other" || !(options.show || options.json)) return;
        if (!options.json && entry.hidden !== true) for (const shown of shownOf(entry)) print(shown);
        // What was only passed over while sending is still unread.
        return line.tell({ type: "read", conversation: entry.conversation, seq: entry.seq });
      }
      case "refused":
        refuse(unacked.get(event.nonce) ?? "", refusalWords(event.error, false));
        line.tell({ type: "retracted", nonce: event.nonce });
        return settled(event.nonce);
      // Such as a room of the login that can't be joined.
      case "complaint":
        return note(`the server says: ${event.error.message}`);
      case "acked":
        return settled(event.nonce);
      case "token":
        return options.given?.(event.token);
      case "token_wanted": {
        const newer = options.newerToken?.();
        return newer === undefined ? undefined : line.tell({ type: "renewed", token: newer });
      }
      default:
        return;
    }
  }

  function shownOf(entry: Exclude<ClientEntry, OtherEntry>): readonly Inert[] {
    return entry.kind === "message" ? messageOf(entry, viewer) : actLines(entry, undefined, false, viewer);
  }

  function sayOn(): void {
    while (unacked.size < mostUnacked && !over) {
      const text = lines.next();
      if (text === undefined) break;
      say(text);
    }
    if (everOnline && lines.isOver() && unacked.size === 0 && !options.follow) {
      end({ code: refused === 0 ? exits.ok : exits.error });
    }
  }

  function say(text: string): void {
    // A blank line says nothing, and many a file has some.
    if (text.trim() === "") return;
    const meaning = meaningOfPiped(text, isOurs);
    if (meaning.type !== "say") return meaning.type === "nothing" ? refuse(text, meaning.reason) : undefined;
    const nonce = newNonce();
    unacked.set(nonce, text);
    const { to: conversation = to, message } = meaning;
    line.tell({ type: "done", nonce, deed: { type: "message", conversation, message } });
    if (unacked.size === 1) waitPatiently();
  }

  function settled(nonce: string): void {
    unacked.delete(nonce);
    waitPatiently();
    sayOn();
  }

  function refuse(text: string, reason: string): void {
    refused += 1;
    note(`not sent: ${reason}: ${text.slice(0, 60)}`);
  }

  /** While it is offline, or lines wait, something must go on from time to time. */
  function waitPatiently(): void {
    clearTimeout(patience);
    if (online && unacked.size === 0) return;
    const seconds = Math.round(options.timeoutMs / 1000);
    patience = setTimeout(() => {
      if (online) end({ code: exits.error, text: `the server has taken no line for ${seconds} s` });
      else end({ code: exits.closedByServer, text: `the server has been gone for ${seconds} s` });
    }, options.timeoutMs);
  }

  function print(text: Inert): void {
    output.write(`${text}\n`);
  }

  function end(ending: Ending): void {
    if (over) return;
    over = true;
    clearTimeout(patience);
    lines.stop();
    const lost = unacked.size;
    const unsent = lost === 0 ? [] : [`${lost} ${lost === 1 ? "line was" : "lines were"} not acknowledged`];
    const text = [...(ending.text === undefined ? [] : [ending.text]), ...unsent].join("; ");
    void line.close().then(() => settle(text === "" ? ending : { ...ending, text }));
  }

  process.once("SIGINT", () => end({ code: exits.interrupted }));
  process.once("SIGTERM", () => end({ code: 143 }));
  line.tell({ type: "started" });
  return ended;
}
