// The options that a scenario has of its own, as data: `--help`, the command line and the defaults all come from it.

interface Told {
  /** What it is, in a line of `--help`. */
  readonly help: string;
}

export interface WholeOption extends Told {
  readonly type: "whole";
  readonly default: number;
  /** Under `--quick`; the default if absent. */
  readonly quick?: number;
  readonly least: number;
  readonly most: number;
}

export interface SecondsOption extends Told {
  readonly type: "seconds";
  readonly default: number;
  readonly quick?: number;
}

export interface FlagOption extends Told {
  readonly type: "flag";
}

export type OwnOption = WholeOption | SecondsOption | FlagOption;

/** By name as the code says it: `messageBytes` is `--message-bytes`. One name has one type in all scenarios. */
export type OptionTable = Readonly<Record<string, OwnOption>>;

export type Values<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends FlagOption ? boolean : number;
};

/** The options of all that runs peers in turn, a few times over. */
export function roundOptions(defaults: { rounds: number; seconds: number; warmUp: number }) {
  return {
    rounds: {
      type: "whole",
      default: defaults.rounds,
      quick: 1,
      least: 1,
      most: 1000,
      help: "rounds of all peers in turn; medians are printed",
    },
    seconds: {
      type: "seconds",
      default: defaults.seconds,
      quick: Math.min(defaults.seconds, 1),
      help: "counted time of each peer and round",
    },
    warmUp: {
      type: "seconds",
      default: defaults.warmUp,
      quick: Math.min(defaults.warmUp, 0.5),
      help: "time before counting starts",
    },
  } as const satisfies OptionTable;
}

/** What the command line says of one option: absent if it says nothing. */
export type Given = string | boolean | undefined;

/** @throws {BadUsage} naming the option and what it may be */
export function readOwn<const Table extends OptionTable>(
  table: Table,
  given: Readonly<Record<string, Given>>,
  quick: boolean,
): Values<Table> {
  const entries = Object.entries(table).map(([name, option]) => [
    name,
    read(flagOf(name), option, given[flagOf(name)], quick),
  ]);
  return Object.fromEntries(entries) as Values<Table>;
}

export class BadUsage extends Error {}

/** `messageBytes` → `message-bytes` */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function read(flag: string, option: OwnOption, given: Given, quick: boolean): number | boolean {
  if (option.type === "flag") return given === true;
  if (given === undefined) return defaultOf(option, quick);
  const value = Number(given);
  if (option.type === "seconds") {
    if (value > 0 && Number.isFinite(value)) return value;
    throw new BadUsage(`--${flag} is a number above 0, not "${given}"`);
  }
  const { least, most } = option;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new BadUsage(`--${flag} is a whole number from ${least} to ${most}, not "${given}"`);
}

function defaultOf(option: WholeOption | SecondsOption, quick: boolean): number {
  return quick ? (option.quick ?? option.default) : option.default;
}

/** Its lines of `--help`. */
export function helpOf(table: OptionTable): readonly string[] {
  return Object.entries(table).map(([name, option]) => {
    if (option.type === "flag") return helpLine(`--${flagOf(name)}`, option.help);
    const quick =
      option.quick === undefined || option.quick === option.default ? "" : `; quick ${option.quick}`;
    const sign = option.type === "seconds" ? "S" : "N";
    return helpLine(`--${flagOf(name)} ${sign}`, `${option.help} (${option.default}${quick})`);
  });
}

export function helpLine(flag: string, help: string): string {
  return `  ${flag.padEnd(18)} ${help}`;
}
