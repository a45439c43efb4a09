// The names by which a few emoji can be typed; any other is typed or pasted as itself.

export const shortcodes = {
  "+1": "👍",
  thumbsup: "👍",
  "-1": "👎",
  heart: "❤️",
  joy: "😂",
  tada: "🎉",
  eyes: "👀",
  fire: "🔥",
  rocket: "🚀",
  pray: "🙏",
  clap: "👏",
  check: "✅",
  thinking: "🤔",
  sad: "😢",
  wave: "👋",
} as const satisfies Record<string, string>;

/** `:tada:`, `tada`; nothing for what is no such name. */
export function emojiNamed(word: string): string | undefined {
  const name = word.replace(/^:(.+):$/, "$1").toLowerCase();
  return Object.hasOwn(shortcodes, name) ? shortcodes[name as keyof typeof shortcodes] : undefined;
}
