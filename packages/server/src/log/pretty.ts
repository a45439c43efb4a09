// A line of the log for a terminal: when, how serious, what, and the facts.

const colours: Readonly<Record<string, number>> = { debug: 90, info: 36, warn: 33, error: 31 };

/** `line` is one line of the JSON log. */
export function prettyLine(line: string, hasColour: boolean): string {
  const { time, level, msg, ...facts } = JSON.parse(line) as Record<string, unknown>;
  const at = String(time).slice(11, 19);
  const told = Object.entries(facts).map(([name, fact]) => `${name}=${plain(fact)}`);
  const word = String(level).padEnd(5);
  const paint = (text: string, code: number | undefined) =>
    hasColour && code !== undefined ? `\u001b[${code}m${text}\u001b[0m` : text;
  return `${[paint(at, 90), paint(word, colours[String(level)]), String(msg), paint(told.join(" "), 90)].join(" ").trimEnd()}\n`;
}

function plain(fact: unknown): string {
  return typeof fact === "string" && /^[^\s"=]+$/.test(fact) ? fact : JSON.stringify(fact);
}
