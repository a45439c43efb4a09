// The writing worker's thread.

import { workerData } from "node:worker_threads";
import { SqliteCommits } from "./sqlite-commits.js";
import { connectToWrite } from "./sqlite-connection.js";
import type { WorkerOrders } from "./sqlite-messages.js";
import { serve } from "./sqlite-serve.js";

const { file, nameHoldMs } = workerData as WorkerOrders;
const database = connectToWrite(file);
const commits = new SqliteCommits(database, nameHoldMs);
serve(
  (pack, warn) => commits.commit(pack, warn),
  () => database.close(),
);
