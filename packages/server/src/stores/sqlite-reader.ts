// The reading worker's thread.

import { workerData } from "node:worker_threads";
import { connectToRead } from "./sqlite-connection.js";
import type { WorkerOrders } from "./sqlite-messages.js";
import { serve } from "./sqlite-serve.js";
import { SqliteSnapshots } from "./sqlite-snapshots.js";

const { file } = workerData as WorkerOrders;
const database = connectToRead(file);
const snapshots = new SqliteSnapshots(database);
serve(
  (pack, warn) => snapshots.read(pack, warn),
  () => database.close(),
);
