// What becomes true by itself: looked at again and again, for as long as a loaded machine may take.

import { expect } from "vitest";

export function eventually<Value>(look: () => Value): ReturnType<typeof expect.poll<Awaited<Value>>> {
  return expect.poll(look as () => Awaited<Value>, { timeout: 8_000, interval: 10 });
}
