// What a typed or a piped line means: something said, where one is or elsewhere this once, or a command.

import { nameKey } from "chat-hub";

export type Meaning =
  /** Without `to`: where one is. */
  | { readonly type: "say"; readonly to?: string; readonly message: string }
  /** What stands after the slash. */
  | { readonly type: "command"; readonly text: string }
  /** It means nothing here; `reason` is for people. */
  | { readonly type: "nothing"; readonly reason: string };

/** A line of a person at a terminal: `/` begins a command, `//` a message that begins with `/`. */
export function meaningOfTyped(text: string, isOurs: (room: string) => boolean): Meaning {
  if (text.startsWith("//")) return { type: "say", message: text.slice(1) };
  if (text.startsWith("/")) return { type: "command", text: text.slice(1) };
  const room = roomAddressed(text);
  if (room !== undefined && !isOurs(room.to)) {
    const reason = `you are not in ${room.to}; /join ${room.to} goes there, and a space before it says it as it stands`;
    return { type: "nothing", reason };
  }
  return meaningOfPiped(text, isOurs);
}

/**
 * A line from a pipe: all of it is said. `@name` at its beginning makes it private, and `#room` sends it
 * to one of the rooms that the caller named: any other is a heading, or a line of C.
 */
export function meaningOfPiped(text: string, isOurs: (room: string) => boolean): Meaning {
  const room = roomAddressed(text);
  if (room !== undefined) return isOurs(room.to) ? said(room) : { type: "say", message: text };
  const addressed = /^@([\p{L}\p{Nd}]\S*)([\s\S]*)$/u.exec(text);
  if (addressed === null) return { type: "say", message: text };
  return said({ to: `@${(addressed[1] ?? "").replace(/[:,]+$/, "")}`, message: addressed[2] ?? "" });
}

interface Addressed {
  readonly to: string;
  readonly message: string;
}

function roomAddressed(text: string): Addressed | undefined {
  const [, name, message = ""] =
    /^#([\p{L}\p{Nd}][\p{L}\p{Nd}\p{M}_.-]*)[:,]*(?:\s([\s\S]*))?$/u.exec(text) ?? [];
  return name === undefined ? undefined : { to: `#${nameKey(name)}`, message };
}

function said({ to, message }: Addressed): Meaning {
  const text = message.replace(/^[^\S\n]/, "");
  if (text.trim() !== "") return { type: "say", to: nameKey(to), message: text };
  return { type: "nothing", reason: `nothing is said to ${to.replace(/^@/, "")}; write ${to} hello` };
}
