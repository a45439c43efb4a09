// Signed by the issuer about somebody whose name is none.

import type { Row } from "./row.ts";
import { claims, good, refused } from "./row.ts";

export const names: readonly Row[] = [
  ...[
    ["missing, and no sub that can be one", undefined],
    ["null", null],
    ["a list", ["alice"]],
    ["an object", { toString: "alice" }],
    ["a number", 7],
    ["empty", ""],
    ["reserved", "admin"],
    ["reserved in capitals", "SERVER"],
    ["full width", "ａｌｉｃｅ"],
    ["with a zero-width joiner", "ali\u200dce"],
    ["turned around", "\u202ealice"],
    ["with a control character", "alice\u0007"],
    ["with an escape sequence", "\u001b[31malice"],
    ["with a space", "alice smith"],
    ["an address", "alice@example.com"],
    ["of 33 characters", "x".repeat(33)],
  ].map(([how, name]) => refused(`name ${how}`, claims({ sub: "no name at all", preferred_username: name }))),
  good("a name in Arabic", claims({ preferred_username: "سارة" })),
  good("no name but a sub that can be one", claims({ sub: "carol", preferred_username: undefined })),
];
