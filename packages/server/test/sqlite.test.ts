import { openSqlite } from "../dist/stores/sqlite.js";
import { newDirectory } from "./sqlite-place.js";
import { storeSuite } from "./store-suite.js";

storeSuite({
  name: "the SQLite store",
  open: (options) => openSqlite({ ...options, directory: newDirectory() }),
});
