// What a typed or a piped line means: something said to everyone or to one person, or a command.

export type Meaning =
  | { readonly type: "say"; readonly to: string; readonly message: string }
  | { readonly type: "command"; readonly command: Command }
  /** It means nothing here; `reason` is for people. */
  | { readonly type: "nothing"; readonly reason: string };

export const commands = {
  help: { usage: "/help", what: "what can be typed here" },
  who: { usage: "/who", what: "who is here" },
  history: { usage: "/history [@name] [number]", what: "what was said last, to everyone or with one person" },
  quit: { usage: "/quit", what: "leave; Ctrl-D on an empty line does the same" },
} as const satisfies Record<string, { usage: string; what: string }>;

export type Command =
  | { readonly name: "help" | "who" | "quit" }
  | { readonly name: "history"; readonly conversation: string; readonly limit?: number };

/** A line of a person at a terminal: `/` begins a command, `//` a message that begins with `/`. */
export function meaningOfTyped(text: string): Meaning {
  if (text.startsWith("//")) return { type: "say", to: "everyone", message: text.slice(1) };
  if (!text.startsWith("/")) return meaningOfPiped(text);
  const [name = "", ...words] = text.slice(1).trim().split(/\s+/);
  if (!Object.hasOwn(commands, name)) {
    return {
      type: "nothing",
      reason: `there is no command /${name}; see /help, or write /${text} to say it`,
    };
  }
  const command = readCommand(name as Command["name"], words);
  if (command !== undefined) return { type: "command", command };
  return { type: "nothing", reason: `it is ${commands[name as Command["name"]].usage}` };
}

/** A line from a pipe: all of it is said; only `@name` at its beginning makes it private. */
export function meaningOfPiped(text: string): Meaning {
  const addressed = /^@([\p{L}\p{Nd}]\S*)([\s\S]*)$/u.exec(text);
  if (addressed === null) return { type: "say", to: "everyone", message: text };
  const name = (addressed[1] ?? "").replace(/[:,]+$/, "");
  const message = (addressed[2] ?? "").replace(/^[^\S\n]/, "");
  if (message.trim() === "")
    return { type: "nothing", reason: `nothing is said to ${name}; write @${name} hello` };
  return { type: "say", to: `@${name}`, message };
}

function readCommand(name: Command["name"], words: readonly string[]): Command | undefined {
  if (name !== "history") return words.length === 0 ? { name } : undefined;
  const numbers = words.filter((word) => /^[1-9]\d{0,3}$/.test(word));
  const names = words.filter((word) => !numbers.includes(word));
  if (numbers.length > 1 || names.length > 1) return undefined;
  const [who = "everyone"] = names;
  const conversation = who === "everyone" ? who : `@${who.replace(/^@/, "")}`;
  return numbers[0] === undefined
    ? { name, conversation }
    : { name, conversation, limit: Number(numbers[0]) };
}
