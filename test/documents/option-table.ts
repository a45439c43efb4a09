// The part of the server's README that is made from its table of options.

import { describedOptions } from "chat-server";
import { table } from "./markdown.ts";

export function optionParts(): Readonly<Record<string, string>> {
  const rows = describedOptions().map(({ flag, variables, key, byDefault, help }) => [
    flag === undefined ? "" : `\`${flag.replaceAll("|", "\\|")}\``,
    variables.map((variable) => `\`${variable}\``).join(", "),
    key === undefined ? "" : `\`${key}\``,
    byDefault === undefined ? "" : `\`${byDefault}\``,
    help,
  ]);
  return { options: table(["flag", "environment", "key in the file", "default", "what it is"], rows) };
}
