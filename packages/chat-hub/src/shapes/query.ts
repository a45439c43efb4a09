// The shape of a search. It has a file of its own, since the whole language of searches comes with it.

import type { Query } from "../search/query.js";
import { parseQuery } from "../search/query.js";
import type { Shape } from "./shape.js";
import { expected, named, Wrong } from "./shape.js";

export const query: Shape<Query> = named("query", 'Words, "phrases" and filters such as from:alice.', {
  read(value, limits) {
    if (typeof value !== "string") return expected("a string", value);
    const parsed = parseQuery(value, limits);
    return parsed.ok ? parsed.value : new Wrong("bad_query", `: ${parsed.fault}`);
  },
  schema: ({ limits }) => ({
    type: "string",
    pattern: "\\S",
    maxLength: limits.searchChars,
    $comment: "PROTOCOL.md has the language of searches",
  }),
});
