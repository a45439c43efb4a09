// However the bench ends, nothing of it stays: the built bench is killed in the middle of a round.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";

const bench = fileURLToPath(new URL("../dist/main.js", import.meta.url));
// The memory store, because a server with files would end by itself when they are removed.
const long = [
  "--scenarios",
  "flood",
  "--peers",
  "memory",
  "--rounds",
  "1",
  "--seconds",
  "60",
  "--clients",
  "2",
];
const patience = { timeout: 20_000, interval: 50 };

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Without those that have ended and that nobody has waited for. */
function running(): readonly Running[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, parent, command = ""] = /^ *(\d+) +(\d+) +[^Z]\S* +(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)(
  "a bench that gets %s leaves nothing",
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), "chat-keeper-"));
    try {
      const started = spawn(process.execPath, [bench, ...long], {
        stdio: "ignore",
        env: { ...process.env, TMPDIR: folder },
      });
      const children = await vi.waitFor(() => {
        const all = running().filter(({ parent }) => parent === started.pid);
        for (const each of ["chat-server.js", "generator.js", "keeper-program.js"])
          expect(all.map(({ command }) => command).join("\n")).toContain(each);
        return all.map(({ pid }) => pid);
      }, patience);
      expect(readdirSync(folder)).toHaveLength(1);
      const ended = once(started, "exit");
      started.kill(signal);
      await ended;
      await vi.waitFor(() => {
        expect(running().filter(({ pid }) => children.includes(pid))).toEqual([]);
        expect(readdirSync(folder)).toEqual([]);
      }, patience);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000,
);
