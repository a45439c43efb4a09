// Whatever is drawn: hubs of simulated worlds, with all that befalls them, are recorded as the server
// records its own, and what is in the record is enough to do the same again.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Hub, HubOptions } from "chat-hub";
import { createHub, defaultLimits } from "chat-hub";
import { headerLine, recorded, version } from "chat-server";
import { expect, test } from "vitest";
import { simulate } from "../simulation/world.ts";
import { temporaryFolder } from "../support/server-process.js";
import { play } from "./play.ts";

const worlds = 12;

/** One life of a hub, recorded. */
class Life {
  readonly hub: Hub;
  text: string;

  constructor(options: HubOptions) {
    const hub: Required<HubOptions> = {
      limits: defaultLimits,
      nameHold: "7 days",
      auth: "open",
      registration: "closed",
      ...options,
    };
    this.text = `${headerLine({ version, hub })}\n`;
    const write = (text: string): void => {
      this.text += text;
    };
    this.hub = recorded(createHub(hub), { isOver: false, write, flush: () => {} });
  }
}

test(`the hubs of ${worlds} worlds do again what they did, told what is in their records`, async () => {
  const file = join(temporaryFolder(), "record.jsonl");
  const first = Math.floor(Math.random() * 2 ** 31);
  let inputs = 0;
  for (let seed = first; seed < first + worlds; seed += 1) {
    const lives: Life[] = [];
    simulate(seed, {
      record: (options) => {
        const life = new Life(options);
        lives.push(life);
        return (input) => void life.hub.handle(input);
      },
    });
    expect(lives).not.toEqual([]);
    for (const { text } of lives) {
      writeFileSync(file, text);
      const result = await play(file);
      expect(result.difference, `seed ${seed}`).toBeUndefined();
      inputs += result.inputs;
    }
  }
  expect(inputs).toBeGreaterThan(100 * worlds);
});
