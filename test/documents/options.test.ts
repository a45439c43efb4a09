// The server's README lists every option as it is.

import { expect, test } from "vitest";
import { read } from "./blocks.js";
import { generated, withTables } from "./generated-tables.js";

test("the table of options is that of the code: npm run documents makes it anew", () => {
  const path = "packages/server/README.md";
  expect(Object.keys(generated)).toContain(path);
  const document = read(path);
  expect(document).toContain("`--port <port>`");
  expect(document).toBe(withTables(path, document));
});
