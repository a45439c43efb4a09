// The writing worker's thread.

import { workerData } from "node:worker_threads";
import { SqliteCommits } from "./sqlite-commits.js";
import { connect, prepareToWrite } from "./sqlite-connection.js";
import type { WorkerOrders } from "./sqlite-messages.js";
import { serve } from "./sqlite-serve.js";

const { file, nameHoldMs } = workerData as WorkerOrders;
const database = connect(file);
prepareToWrite(database);
const commits = new SqliteCommits(database, nameHoldMs);
serve(
  (pack, warn) => commits.commit(pack, warn),
  () => database.close(),
);
