// The real server on a port of its own, with a directory of its own. It can be killed and started again on the same
// port, as a person would meet it.

import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkoutNode } from "../../bin/setup.js";

const program = join(import.meta.dirname, "../../packages/server/bin/chat-server.js");
const page = join(import.meta.dirname, "../../packages/server/page/index.html");

export class Served {
  #child: ChildProcess | undefined;
  #port = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), "chat-page-"));
  readonly #flags: readonly string[];

  private constructor(flags: readonly string[]) {
    this.#flags = flags;
  }

  static async start(...flags: readonly string[]): Promise<Served> {
    if (!existsSync(page)) throw new Error("the page is not built: npm run build");
    const served = new Served(flags);
    await served.start();
    return served;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  get socketUrl(): string {
    return `ws://localhost:${this.#port}`;
  }

  async start(): Promise<void> {
    const place = ["--port", `${this.#port}`, "--host", "127.0.0.1", "--data", join(this.#folder, "chat")];
    const child = spawn(checkoutNode, [program, ...place, ...this.#flags], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#port = await new Promise<number>((resolve, reject) => {
      let told = "";
      child.stderr.on("data", (chunk) => {
        told += chunk;
      });
      child.stdout.on("data", (chunk) => {
        told += chunk;
        const port = /Server running on port: (\d+)/.exec(told)?.[1];
        if (port !== undefined) resolve(Number(port));
      });
      child.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${told}`)));
    });
  }

  /** What somebody at the shell of the server says to it. */
  orders(...words: readonly string[]): void {
    this.told(...words);
  }

  /** The same, and what it answers. */
  told(...words: readonly string[]): string {
    const args = [program, ...words, "--data", join(this.#folder, "chat")];
    return execFileSync(checkoutNode, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  /** Without a goodbye to anybody. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
