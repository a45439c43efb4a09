// The options, for documents.

import { defaultText } from "./command-line.js";
import { flagOf, keyOf, variablesOf } from "./option.js";
import { optionRows } from "./table.js";

export interface DescribedOption {
  /** With what stands behind it: `--port <port>`. A secret has none. */
  readonly flag: string | undefined;
  readonly variables: readonly string[];
  readonly key: string | undefined;
  readonly byDefault: string | undefined;
  readonly help: string;
}

/** Every option of `chat-server`, in the order of its help. */
export function describedOptions(): readonly DescribedOption[] {
  return optionRows.map(([name, row]) => ({
    flag: row.secret === true ? undefined : `${flagOf(name)} ${row.kind.shown}`.trim(),
    variables: variablesOf(name, row),
    key: row.notInFile === true ? undefined : keyOf(name),
    byDefault: defaultText(row),
    help: row.help,
  }));
}
