// `npm run replay -- FILE`: plays a record of `chat-server --record FILE` to the hub of this checkout, and
// shows what comes of each input. Exit code 0 if all is as recorded, 1 if not, 2 for usage or no record.

import { parseArgs } from "node:util";
import type { Millis } from "chat-hub";
import type { RecordHeader } from "chat-server";
import { RecordError, version } from "chat-server";
import { accept, NotAcceptable } from "./accept.ts";
import { differenceLines, linesOf } from "./lines.ts";
import type { Ending, Played, Result } from "./play.ts";
import { play } from "./play.ts";

const usage = `usage: npm run replay -- FILE
  --from LINE   shows what came of the inputs from this line of the file on
  --to LINE     plays no further than this line
  --quiet       shows nothing but the end
  --json        shows each input with its effects as one JSON object
  --accept      writes what comes of the inputs now into the file, for a kept record`;

interface Wish {
  readonly file: string;
  readonly from: number;
  readonly to: number;
  readonly shows: "lines" | "json" | "nothing";
  readonly accepts: boolean;
}

/** Nothing if it can't be read. */
function readWish(args: readonly string[]): Wish | undefined {
  const options = {
    from: { type: "string", default: "1" },
    to: { type: "string", default: "Infinity" },
    quiet: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    accept: { type: "boolean", default: false },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...rest] = positionals;
    const [from, to] = [Number(values.from), Number(values.to)];
    if (file === undefined || rest.length > 0 || !(from >= 1) || !(to >= 1)) return undefined;
    const shows = values.quiet ? "nothing" : values.json ? "json" : "lines";
    return { file, from, to, shows, accepts: values.accept };
  } catch {
    return undefined;
  }
}

async function main(args: readonly string[]): Promise<number> {
  const wish = readWish(args);
  if (wish === undefined) {
    console.error(usage);
    return 2;
  }
  try {
    return wish.accepts ? await acceptAll(wish) : await show(wish);
  } catch (error) {
    if (error instanceof RecordError || error instanceof NotAcceptable) {
      console.error(`replay: ${error.message}`);
      return error instanceof RecordError ? 2 : 1;
    }
    throw error;
  }
}

async function acceptAll({ file }: Wish): Promise<number> {
  const changed = await accept(file);
  console.log(`${changed} lines changed`);
  return 0;
}

async function show({ file, from, to, shows }: Wish): Promise<number> {
  let began = 0 as Millis;
  const sees = (played: Played): void => {
    if (played.line === 2) began = played.input.at;
    if (played.line < from) return;
    if (shows === "json") console.log(asJson(played));
    else if (shows === "lines") console.log(linesOf(played, began).join("\n"));
  };
  const result = await play(file, { to, sees, begins: shows === "json" ? () => {} : introduce });
  const { difference } = result;
  if (difference !== undefined && shows !== "json")
    console.log(differenceLines(difference, began).join("\n"));
  if (shows !== "json") console.log(conclusion(result));
  return difference === undefined ? 0 : 1;
}

function asJson({ line, input, effects, outcome, isAsRecorded, recorded }: Played): string {
  return JSON.stringify({ line, input, effects, outcome, ...(isAsRecorded ? {} : { recorded }) });
}

function introduce({ version: recorder, about }: RecordHeader): void {
  if (about !== undefined) console.log(about);
  if (recorder !== version) console.log(`recorded by chat-server ${recorder}, played by ${version}`);
}

const endings: Readonly<Record<Ending, string>> = {
  closed: "",
  full: "; then the record was full",
  torn: "; its last line was not written to its end",
  open: "; it does not say that the server ended",
  unread: "; the rest was not played",
};

function conclusion({ inputs, effects, difference, ending }: Result): string {
  const played = `${inputs} inputs, ${effects} effects`;
  if (difference === undefined) return `${played}, all as recorded${endings[ending]}`;
  return `${played}, as recorded until line ${difference.line}`;
}

process.exitCode = await main(process.argv.slice(2));
