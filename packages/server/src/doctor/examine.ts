// All that `chat-server doctor` looks at, in its order.

import type { Settings } from "../options/table.js";
import { lookAtAuth, lookAtTls } from "./access.js";
import { lookAtDatabase, lookAtDirectory } from "./directory.js";
import type { Finding, Look } from "./finding.js";
import { bad } from "./finding.js";
import { lookAtClock, lookAtDescriptors, lookAtNode, lookAtSqlite } from "./machine.js";
import { lookAtPort } from "./port.js";

const looks: readonly Look[] = [lookAtDirectory, lookAtDatabase, lookAtPort, lookAtTls, lookAtAuth];

/** One behind the other. Without settings, since they are wrong, only at what needs none. */
export async function* examine(settings: Settings | undefined): AsyncIterable<Finding> {
  yield* [...lookAtNode(), ...lookAtClock(), ...lookAtDescriptors()];
  const sqlite = lookAtSqlite();
  yield* sqlite;
  if (settings === undefined) return;
  for (const look of looks) {
    // What is compiled would end this process where it ended the other.
    if (look === lookAtDatabase && sqlite.some(({ state }) => state === "bad")) continue;
    try {
      yield* await look(settings);
    } catch (error) {
      yield bad(`could not be looked at: ${(error as Error).message}`);
    }
  }
}
