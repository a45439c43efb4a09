import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "../dist/stores/sqlite.js";
import { storeSuite } from "./store-suite.js";

storeSuite({
  name: "the SQLite store",
  open: (options) => openSqlite({ ...options, directory: mkdtempSync(join(tmpdir(), "chat-")) }),
});
