// The reading worker's thread.

import { workerData } from "node:worker_threads";
import { connectToRead } from "./connection.js";
import type { WorkerOrders } from "./messages.js";
import { serve } from "./serve.js";
import { SqliteSnapshots } from "./snapshots.js";

const { file } = workerData as WorkerOrders;
const database = connectToRead(file);
const snapshots = new SqliteSnapshots(database);
serve(
  (pack, warn) => snapshots.read(pack, warn),
  () => database.close(),
);
