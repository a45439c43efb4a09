// Whom an errand is about, as somebody at the shell has typed it.

import type { Name } from "chat-hub";
import { defaultLimits, parseName } from "chat-hub";
import { UsageError } from "./errand.js";

/** @throws UsageError */
export function whom(username = ""): Name {
  const name = parseName(username, defaultLimits);
  if (name.ok) return name.value;
  throw new UsageError(`${JSON.stringify(username)} can be nobody's name: ${name.fault}`);
}
