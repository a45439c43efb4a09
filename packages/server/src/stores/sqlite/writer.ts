// The writing worker's thread.

import { workerData } from "node:worker_threads";
import { SqliteCommits } from "./commits.js";
import { connect, prepareToWrite } from "./connection.js";
import { markFileOf, NewestNote } from "./epoch.js";
import type { WorkerOrders } from "./messages.js";
import { serve } from "./serve.js";

const { file, ...orders } = workerData as WorkerOrders;
const database = connect(file);
prepareToWrite(database);
const commits = new SqliteCommits(database, orders);
const beside = new NewestNote(markFileOf(file));
serve(
  (pack, warn) => {
    const answered = commits.commit(pack, warn);
    if (answered.type === "answers") beside.note(answered.newest);
    return answered;
  },
  () => {
    beside.close();
    database.close();
  },
  (idleMs) => commits.rest(idleMs),
);
