// What a typed or a piped line means: something said to everyone or to one person, or a command.

export type Meaning =
  | { readonly type: "say"; readonly to: string; readonly message: string }
  | { readonly type: "command"; readonly name: CommandName; readonly words: readonly string[] }
  /** It means nothing here; `reason` is for people. */
  | { readonly type: "nothing"; readonly reason: string };

export const commands = {
  help: { usage: "/help", what: "what can be typed here" },
  who: { usage: "/who", what: "who is here" },
  history: { usage: "/history [@name] [number]", what: "the newest lines said to all, or with one person" },
  quit: { usage: "/quit", what: "leave; Ctrl-D on an empty line does the same" },
} as const satisfies Record<string, { usage: string; what: string }>;

export type CommandName = keyof typeof commands;

/** A line of a person at a terminal: `/` begins a command, `//` a message that begins with `/`. */
export function meaningOfTyped(text: string): Meaning {
  if (text.startsWith("//")) return { type: "say", to: "everyone", message: text.slice(1) };
  if (!text.startsWith("/")) return meaningOfPiped(text);
  const [name = "", ...words] = text.slice(1).trim().split(/\s+/);
  if (isCommand(name)) return { type: "command", name, words };
  return {
    type: "nothing",
    reason: `there is no command /${name}; see /help, or write //${name} to say it`,
  };
}

/** A line from a pipe: all of it is said; only `@name` at its beginning makes it private. */
export function meaningOfPiped(text: string): Meaning {
  const addressed = /^@([\p{L}\p{Nd}]\S*)([\s\S]*)$/u.exec(text);
  if (addressed === null) return { type: "say", to: "everyone", message: text };
  const name = (addressed[1] ?? "").replace(/[:,]+$/, "");
  const message = (addressed[2] ?? "").replace(/^[^\S\n]/, "");
  if (message.trim() === "") return { type: "nothing", reason: `nothing is said to ${name}: @${name} hello` };
  return { type: "say", to: `@${name}`, message };
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
