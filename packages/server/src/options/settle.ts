// What is in effect: for each option the first source that says something, or the default.

import { BadValue } from "./kinds.js";
import type { Option } from "./option.js";
import type { Said } from "./said.js";
import { BadOptions } from "./said.js";
import type { OptionName, Settings } from "./table.js";
import { optionRows, options, rules } from "./table.js";

export interface Settled {
  readonly settings: Settings;
  /** Where each was said; those that nobody said are absent. */
  readonly where: ReadonlyMap<OptionName, string>;
}

/**
 * The first source counts before the second.
 * @throws BadOptions with all that is wrong
 */
export function settle(sources: readonly Said[]): Settled {
  const settings: Partial<Record<OptionName, unknown>> = {};
  const where = new Map<OptionName, string>();
  const faults: string[] = [];
  for (const [name, row] of optionRows) {
    const saying = sources.find((said) => said.has(name))?.get(name);
    settings[name] = row.default;
    if (saying === undefined) continue;
    where.set(name, saying.where);
    try {
      settings[name] = row.kind.read(saying.texts);
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      faults.push(`${saying.whole}: ${error.message}`);
    }
  }
  if (faults.length > 0) throw new BadOptions(faults);
  const whole = settings as Settings;
  for (const rule of rules) faults.push(...rule(whole));
  if (faults.length > 0) throw new BadOptions(faults);
  return { settings: whole, where };
}

/** One option alone, or its default if it can't be read: for what must be known before the others. */
export function settleOne<Name extends OptionName>(name: Name, sources: readonly Said[]): Settings[Name] {
  const row = options[name] as Option<unknown>;
  const saying = sources.find((said) => said.has(name))?.get(name);
  try {
    return (saying === undefined ? row.default : row.kind.read(saying.texts)) as Settings[Name];
  } catch {
    return row.default as Settings[Name];
  }
}
