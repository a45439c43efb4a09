// chat-cli in a test: it is ended when the test is over.

import { onTestFinished } from "vitest";
import { CliProcess } from "../support/cli-process.ts";

/** A run of chat-cli with pipes for input and output. */
export class Piped extends CliProcess {
  constructor(args: readonly string[], state: string, env: Readonly<Record<string, string>> = {}) {
    super(args, state, env);
    onTestFinished(async () => {
      this.signal("SIGKILL");
      await this.ended;
    });
  }
}
