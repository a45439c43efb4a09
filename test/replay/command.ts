// What `npm run replay` does: plays a record to the hub of this checkout, and shows what comes of each input.

import { parseArgs } from "node:util";
import type { Millis } from "chat-hub";
import type { RecordHeader } from "chat-server";
import { RecordError, version } from "chat-server";
import { WrongUse, wholeNumber, wishOf } from "../support/wish.ts";
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

/** @throws for what can't be read */
function readWish(args: readonly string[]): Wish {
  const options = {
    from: { type: "string", default: "1" },
    to: { type: "string" },
    quiet: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    accept: { type: "boolean", default: false },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new WrongUse("one file is played at a time");
  const from = wholeNumber("--from", values.from, 1);
  const to = values.to === undefined ? Number.POSITIVE_INFINITY : wholeNumber("--to", values.to, 1);
  const shows = values.quiet ? "nothing" : values.json ? "json" : "lines";
  return { file, from, to, shows, accepts: values.accept };
}

/** Where it tells what it found, and complains of how it was called, line by line. */
export interface Says {
  readonly tell: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** @returns the exit code: 0 if all is as recorded, 1 if not, 2 for usage or no record */
export async function replay(args: readonly string[], { tell, complain }: Says): Promise<number> {
  const wish = wishOf(usage, () => readWish(args), complain);
  if (wish === undefined) return 2;
  try {
    return wish.accepts ? await acceptAll(wish, tell) : await show(wish, tell);
  } catch (error) {
    if (!(error instanceof RecordError || error instanceof NotAcceptable)) throw error;
    complain(`replay: ${error.message}`);
    return error instanceof RecordError ? 2 : 1;
  }
}

async function acceptAll({ file }: Wish, tell: Says["tell"]): Promise<number> {
  tell(`${await accept(file)} lines changed`);
  return 0;
}

async function show({ file, from, to, shows }: Wish, tell: Says["tell"]): Promise<number> {
  let began = 0 as Millis;
  const sees = (played: Played): void => {
    if (played.line === 2) began = played.input.at;
    if (played.line < from) return;
    if (shows === "json") tell(asJson(played));
    // What differs is shown at the end, however little is shown.
    else if (shows === "lines" && played.isAsRecorded) tell(linesOf(played, began).join("\n"));
  };
  const begins = (header: RecordHeader): void => {
    if (shows !== "json") for (const line of introduction(header)) tell(line);
  };
  const result = await play(file, { to, sees, begins });
  const { difference } = result;
  if (difference !== undefined && shows !== "json") tell(differenceLines(difference, began).join("\n"));
  if (shows !== "json") tell(conclusion(result));
  return difference === undefined ? 0 : 1;
}

function asJson({ line, input, effects, outcome, isAsRecorded, recorded }: Played): string {
  return JSON.stringify({ line, input, effects, outcome, ...(isAsRecorded ? {} : { recorded }) });
}

function introduction({ version: recorder, about }: RecordHeader): readonly string[] {
  return [
    ...(about === undefined ? [] : [about]),
    ...(recorder === version ? [] : [`recorded by chat-server ${recorder}, played by ${version}`]),
  ];
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
