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

export function recorded(hub: Hub, record: RecordWriter): Hub {
  const standIn = createStandIns();
  let begun = false;
  return {
    deadline: () => hub.deadline(),
    handle(input) {
      // Until somebody comes a hub is told nothing, or to stop: no record that anyone needs.
      begun ||= input.type === "connected";
      if (!begun || record.isOver) return hub.handle(input);
      // Before the hub is asked: an input that it throws at is the one that is wanted most.
      record.write(`{"input":${JSON.stringify(inputWithoutSecrets(input, standIn))},"outcome":`);
      try {
        const effects = hub.handle(input);
        const outcome = outcomeOf(effectsWithoutSecrets(effects, standIn), hub.deadline());
        record.write(`${JSON.stringify(outcome)}}\n`);
        return effects;
      } catch (error) {
        record.write(`${JSON.stringify(thrown(error))}}\n`);
        record.flush();
        throw error;
      }
    },
  };
}
