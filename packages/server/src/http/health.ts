// What those who watch over processes ask: does it live, and is it to be sent anybody?

import type { Answers } from "./answers.js";

/** `undefined`: people can be sent here. Otherwise why not. */
export type Readiness = () => Promise<string | undefined>;

export function healthAnswers(readiness: Readiness): Answers {
  return {
    "/healthz": () => ({ status: 200, body: "It lives.\n" }),
    "/readyz": async () => {
      const why = await readiness();
      return why === undefined
        ? { status: 200, body: "Ready.\n" }
        : { status: 503, body: `Not ready: ${why}.\n` };
    },
  };
}
