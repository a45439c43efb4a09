// `--print-config`: what is in effect and where it was said, as a file that `--config` takes.

import { stringify } from "smol-toml";
import type { Option } from "./option.js";
import { groups, groupTitles, keyOf } from "./option.js";
import type { Settled } from "./settle.js";
import type { OptionName } from "./table.js";
import { optionRows } from "./table.js";

/** A comment behind a value begins here, if there is room. */
const commentColumn = 40;

export function printConfig(settled: Settled, version: string): string {
  const parts = groups.map((group) => {
    const rows = optionRows.filter(([, row]) => row.group === group && row.notInFile !== true);
    const lines = rows.map(([name, row]) => line(name, row, settled));
    return lines.length === 0 ? "" : `\n# ${groupTitles[group]}\n${lines.join("\n")}\n`;
  });
  return `# chat-server ${version}: the options as they are in effect, and where each was said.\n# This is a file for --config.\n${parts.join("")}`;
}

function line(name: OptionName, row: Option<unknown>, { settings, where }: Settled): string {
  const key = keyOf(name);
  const value = settings[name];
  const source = where.get(name) ?? "default";
  if (value === undefined) return `# ${key} is not set`;
  if (row.secret === true) return `# ${key} is set and not shown (${source})`;
  return `${`${key} = ${toml(row, value)}`.padEnd(commentColumn)} # ${source}`;
}

function toml({ kind }: Option<unknown>, value: unknown): string {
  const texts = kind.write(value);
  if (kind.bare === true) return texts[0] ?? "";
  return stringify({ value: kind.many ? texts : texts[0] })
    .trim()
    .slice("value = ".length);
}
