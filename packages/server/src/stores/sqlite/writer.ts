// The writing worker's thread.

import { workerData } from "node:worker_threads";
import { SqliteCommits } from "./commits.js";
import { connect, prepareToWrite } from "./connection.js";
import type { WorkerOrders } from "./messages.js";
import { serve } from "./serve.js";

const { file, ...orders } = workerData as WorkerOrders;
const database = connect(file);
prepareToWrite(database);
const commits = new SqliteCommits(database, orders);
serve(
  (pack, warn) => commits.commit(pack, warn),
  () => database.close(),
  (idleMs) => commits.rest(idleMs),
);
