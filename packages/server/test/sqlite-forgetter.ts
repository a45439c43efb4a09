// A process to be killed. It opens a data directory and forgets what is too old there, and nothing else.

import { defaultLimits } from "chat-hub";
import { openSqlite } from "../dist/stores/sqlite.js";

const [, , directory = "", keepMs = ""] = process.argv;

openSqlite<string>({
  directory,
  nameHoldMs: 0,
  limits: defaultLimits.store,
  everyoneHistory: "all",
  keepMs: Number(keepMs),
  answer: () => undefined,
  failed: (reason) => {
    throw reason;
  },
});
