// chat-cli as a script uses it: the client core over real sockets, which comes back by itself. It has kept
// its word when it ends with 0: every line was acked.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CliProcess } from "../../support/cli-process.ts";
import type { Entry } from "./ledger.ts";
import type { Server } from "./server.ts";

/** It comes back when it likes, which is later the longer the server was away. */
const patienceMs = 30_000;

export class Script implements AsyncDisposable {
  readonly name: string;
  readonly lines: string[] = [];
  readonly #home = mkdtempSync(join(tmpdir(), "chat-script-"));
  readonly #program: CliProcess;

  constructor(server: Server, name = "script", ...flags: readonly string[]) {
    this.name = name;
    const args = ["--username", name, "--url", server.url, "--json", ...flags];
    this.#program = new CliProcess(args, this.#home);
  }

  /** It is logged in: from then on it comes back by itself. */
  isIn(): Promise<void> {
    return this.prints((out) => out.some((line) => line.includes('"type":"welcome"')));
  }

  says(line: string): void {
    this.lines.push(line);
    this.#program.gets(`${line}\n`);
  }

  /** It has printed what is waited for. */
  prints(isEnough: (out: readonly string[]) => boolean): Promise<void> {
    return this.#program.prints(isEnough, patienceMs);
  }

  /** Its input ends, and it when every line is acked; tells what did not hold. */
  async ends(): Promise<readonly string[]> {
    const { code, notes } = await this.#program.endsInput();
    return code === 0 ? [] : [`chat-cli ended with ${code}: ${notes.join("; ")}`];
  }

  /** What the log has else than each line once and in order. */
  faultsIn(log: readonly Entry[]): readonly string[] {
    const kept = log.filter(({ from }) => from === this.name).map(({ message }) => message);
    return kept.join("\n") === this.lines.join("\n") ? [] : [`of what chat-cli said the log has ${kept}`];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#program.signal("SIGKILL");
    await this.#program.ended;
    rmSync(this.#home, { recursive: true, force: true });
  }
}
