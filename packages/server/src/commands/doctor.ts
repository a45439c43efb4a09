// `chat-server doctor`: with the options that the server would have, what stands in its way, and the way out.

import type { Finding } from "../doctor/finding.js";
import { bad, good } from "../doctor/finding.js";
import { addFlags, addLooking, newCommand } from "../options/command-line.js";
import { looks } from "../options/looks.js";
import type { Said } from "../options/said.js";
import { BadOptions, saidByEnvironment, saidByFlags } from "../options/said.js";
import { settleAll } from "../options/serving.js";
import type { Settings } from "../options/table.js";
import { optionRows } from "../options/table.js";
import { version } from "../version.js";
import type { RunSubcommand } from "./commands.js";

const description =
  "Looks at all that the server needs, with the same options, and says what stands in its way. It changes nothing.";

/** What is good begins with `ok`, so that the rest is found at once. */
const words: Readonly<Record<Finding["state"], string>> = { good: "ok", odd: "note", bad: "BAD" };

export const runDoctor: RunSubcommand = async (args, env) => {
  const command = newCommand("chat-server doctor", description);
  addFlags(
    command,
    optionRows.map(([name]) => name),
  );
  addLooking(command, "Looking:", version).parse([...args], { from: "user" });
  const said = [saidByFlags(command.opts()), saidByEnvironment(env)];
  let worst = 0;
  for await (const { state, line } of findings(said)) {
    if (state === "bad") worst = 1;
    process.stdout.write(`${words[state].padEnd(5)} ${line}\n`);
  }
  return worst;
};

async function* findings(said: readonly Said[]): AsyncIterable<Finding> {
  const settings = settingsOf(said);
  if ("lines" in settings) yield* settings.lines.map(bad);
  else yield* lookAtOptions(settings);
  const { examine } = await import("../doctor/examine.js");
  yield* examine("lines" in settings ? undefined : settings);
}

/** Or what is wrong with them. */
function settingsOf(said: readonly Said[]): Settings | BadOptions {
  try {
    return settleAll(said).settings;
  } catch (error) {
    if (error instanceof BadOptions) return error;
    throw error;
  }
}

function lookAtOptions(settings: Settings): readonly Finding[] {
  const faults = looks.flatMap((look) => look(settings));
  return faults.length === 0 ? [good("the options are right, and what they name is there")] : faults.map(bad);
}
