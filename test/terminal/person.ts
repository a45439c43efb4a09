// A person at a terminal with chat-cli in it: a real pseudo-terminal, and an emulator that shows what
// stands on its screen. Nothing waits a fixed time.

import type { IPty } from "@lydell/node-pty";
import { spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";
import { expect, onTestFinished } from "vitest";
import { checkoutNode } from "../../bin/setup.js";
import { door, environment, patienceMs } from "../support/cli-process.ts";

const { Terminal } = headless;

/** Everything that chat-cli itself writes beside text: colours, up, erase below, clear, paste marks. */
const own = /\u001b\[(?:(?:\d+(?:;\d+)*)?m|\d*A|J|H|2J|\?2004[hl])/g;

export interface PersonOptions {
  readonly url: string;
  /** Where tokens are kept: the same folder is the same person. */
  readonly state: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export class Person {
  readonly name: string;
  readonly #pty: IPty;
  readonly #screen: InstanceType<typeof Terminal>;
  readonly #exit: Promise<number>;
  #written = "";
  #changed: () => void = () => {};

  private constructor(name: string, pty: IPty, screen: InstanceType<typeof Terminal>) {
    this.name = name;
    this.#pty = pty;
    this.#screen = screen;
    this.#exit = new Promise((resolve) => {
      pty.onExit(({ exitCode }) => resolve(exitCode));
    });
    pty.onData((text) => {
      this.#written += text;
      screen.write(text, () => this.#changed());
    });
  }

  static sitsDown(name: string, options: PersonOptions): Person {
    const { url, state, columns = 60, rows = 16, env = {}, flags = [] } = options;
    const pty = spawn(checkoutNode, [door, "--username", name, "--url", url, ...flags], {
      name: "xterm-256color",
      cols: columns,
      rows,
      env: { ...environment(state), TERM: "xterm-256color", ...env },
    });
    const screen = new Terminal({ cols: columns, rows, scrollback: 5_000, allowProposedApi: true });
    const person = new Person(name, pty, screen);
    onTestFinished(() => {
      pty.kill("SIGKILL");
      screen.dispose();
    });
    return person;
  }

  /** Keys as a terminal sends them. */
  types(...keys: readonly string[]): void {
    for (const key of keys) this.#pty.write(key);
  }

  /** The terminal gets another size, and the program has seen it. */
  async resizes(columns: number, rows: number): Promise<void> {
    const before = this.#written.length;
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
    await this.until(() => this.#written.length > before, "does not draw in the new size");
  }

  /** Everything from the first line on; a row that the terminal broke is one line. */
  lines(): readonly string[] {
    const { active } = this.#screen.buffer;
    const lines: string[] = [];
    for (let row = 0; row < active.length; row += 1) {
      const line = active.getLine(row);
      const text = line?.translateToString(true) ?? "";
      if (line?.isWrapped === true) lines.push(`${lines.pop() ?? ""}${text}`);
      else lines.push(text);
    }
    while (lines.at(-1) === "") lines.pop();
    return lines;
  }

  /** What was printed for good: no prompt, no waiting line, and without its time of day. */
  talk(): readonly string[] {
    const lines = this.lines();
    const bottom = lines.findIndex((line) => /❯|^[…┄] /.test(line));
    return (bottom < 0 ? lines : lines.slice(0, bottom)).map((line) => line.replace(/^\d\d:\d\d {2}/, ""));
  }

  /** The row that says how things stand. */
  bar(): string {
    return this.lines().findLast((line) => line.startsWith("┄")) ?? "";
  }

  /** The draft as it stands, and where the cursor is in it: a bar. */
  draft(): string {
    const { active } = this.#screen.buffer;
    const cursor = active.baseY + active.cursorY;
    const rows: string[] = [];
    let begun = false;
    for (let row = 0; row < active.length; row += 1) {
      const line = active.getLine(row);
      if (line === undefined) continue;
      const text = line.translateToString(true);
      begun ||= text.includes("❯");
      if (!begun) continue;
      const bare = text.padEnd(row === cursor ? active.cursorX : 0);
      const before = row === cursor ? line.translateToString(false, 0, active.cursorX) : bare;
      rows.push(row === cursor ? `${before}|${bare.slice(before.length)}` : bare);
    }
    return rows.map((row, index) => (index === 0 ? row.replace(/^.*❯ /, "") : row.slice(2))).join("");
  }

  /** The terminal shows this line for good. */
  async sees(...lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      await this.until(() => this.talk().includes(line), `does not see ${JSON.stringify(line)}`);
    }
  }

  /** The terminal shows these words for good, in however many rows. */
  async reads(...texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      const all = (): string => this.talk().join(" ").replace(/\s+/g, " ");
      await this.until(() => all().includes(text), `does not read ${JSON.stringify(text)}`);
    }
  }

  /** The row above the prompt says this now. */
  async hasBar(text: string): Promise<void> {
    await this.until(() => this.bar().includes(text), `is not told ${JSON.stringify(text)}`);
  }

  /** Logged in, with an empty prompt. */
  async isOnline(target = ""): Promise<void> {
    const prompt = `${target} ❯`.trim();
    await this.until(() => this.lines().at(-1)?.trimEnd() === prompt, "is not online");
  }

  async hasDraft(draft: string): Promise<void> {
    await this.until(() => this.draft() === draft, `has another draft than ${JSON.stringify(draft)}`);
  }

  async until(isSo: () => boolean, otherwise: string): Promise<void> {
    const end = performance.now() + patienceMs;
    while (!isSo()) {
      const left = end - performance.now();
      if (left <= 0) throw new Error(`${this.name} ${otherwise}; on the screen:\n${this.lines().join("\n")}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 100));
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** It ends with this code before it has drawn anything. */
  async leaves(code: number): Promise<void> {
    expect(await this.#exit, `how ${this.name} leaves`).toBe(code);
  }

  /** The program ends with this code, and the terminal is as it was. */
  async ends(code: number): Promise<void> {
    expect(await this.#exit, `how ${this.name} ends`).toBe(code);
    const given = (): boolean =>
      this.#written.lastIndexOf("\u001b[?2004l") > this.#written.lastIndexOf("\u001b[?2004h");
    await this.until(given, "left the terminal marking pastes");
    await this.#settles();
  }

  /** A pty's last words may come after its end, and the screen takes its time to draw them. */
  async #settles(): Promise<void> {
    for (let before = -1; before !== this.#written.length; ) {
      before = this.#written.length;
      await new Promise((resolve) => setTimeout(resolve, 200));
      await new Promise<void>((resolve) => this.#screen.write("", resolve));
    }
  }

  /** What reached the terminal beside text, and was not chat-cli's own. */
  foreignBytes(): readonly string[] {
    const rest = this.#written.replace(own, "").replaceAll("\r\n", "").replaceAll("\r", "");
    return rest.match(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g) ?? [];
  }

  /** It has written a colour. */
  usesColours(): boolean {
    return /\u001b\[[\d;]*m/.test(this.#written);
  }

  /** How often this line was printed. */
  count(line: string): number {
    return this.talk().filter((shown) => shown === line).length;
  }
}
