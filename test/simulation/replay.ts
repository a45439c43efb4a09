// Same inputs, same effects: a second hub that is told everything again, as it would stand in a file, must
// do the same as the first.

import type { Effect, HubOptions, Input } from "chat-hub";
import { createHub } from "chat-hub";
import { LawBroken } from "./observed.ts";

/** @throws LawBroken when the second hub does anything else */
export function followed(options: HubOptions): (input: Input, effects: readonly Effect[]) => void {
  const hub = createHub(options);
  return (input, effects) => {
    const again = JSON.stringify(hub.handle(JSON.parse(JSON.stringify(input)) as Input));
    const first = JSON.stringify(effects);
    if (again !== first)
      throw new LawBroken("replay", `told ${input.type} again, the hub does ${again}, and not ${first}`);
  };
}
