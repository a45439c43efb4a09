// A hub that writes down what it is told. To its shell it is the hub: it decides nothing, and changes
// nothing of what goes through.

import type { Hub } from "chat-hub";
import { outcomeOf, thrown } from "./outcome.js";
import { effectsWithoutSecrets, inputWithoutSecrets } from "./secrets.js";
import { createStandIns } from "./stand-ins.js";

/** Where the lines of a record go. */
export interface RecordWriter {
  /** Nothing is taken any more, and nothing need be made ready for it. */
  readonly isOver: boolean;
  write(text: string): void;
  /** What was written is safe when this returns, whatever becomes of the process. */
  flush(): void;
}

/** The hub, recorded: from its first connection on, so that a server which nobody reached leaves nothing. */
export function recorded(hub: Hub, record: RecordWriter): Hub {
  const standIn = createStandIns();
  // What it is told before anybody comes: at most to stop. It matters once somebody comes all the same.
  let before: string[] | undefined = [];
  const write = (text: string): void => {
    if (before === undefined) record.write(text);
    else before.push(text);
  };
  const begin = (): void => {
    if (before === undefined) return;
    record.write(before.join(""));
    before = undefined;
  };
  return {
    deadline: () => hub.deadline(),
    census: () => hub.census(),
    nameOf: (connection) => hub.nameOf(connection),
    handle(input) {
      if (record.isOver) return hub.handle(input);
      if (input.type === "connected") begin();
      // Before the hub is asked: an input that it throws at is the one that is wanted most.
      write(`{"input":${JSON.stringify(inputWithoutSecrets(input, standIn))},"outcome":`);
      try {
        const effects = hub.handle(input);
        const outcome = outcomeOf(effectsWithoutSecrets(effects, standIn), hub.deadline());
        write(`${JSON.stringify(outcome)}}\n`);
        return effects;
      } catch (error) {
        write(`${JSON.stringify(thrown(error))}}\n`);
        begin();
        record.flush();
        throw error;
      }
    },
  };
}
