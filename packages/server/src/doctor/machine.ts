// The machine that it runs on: this Node, the part of the database that is compiled, descriptors, the clock.

import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { release } from "node:os";
import { fileURLToPath } from "node:url";
import type { Finding } from "./finding.js";
import { bad, good, odd } from "./finding.js";

/** An older one got as far as one line in bin/chat-server.js. */
export function lookAtNode(): readonly Finding[] {
  return [good(`Node ${process.versions.node} on ${process.platform} ${release()}, ${process.arch}`)];
}

/** In a process of its own: built for another Node it may end the process without a word. */
export function lookAtSqlite(): readonly Finding[] {
  const sqlite = JSON.stringify(import.meta.resolve("better-sqlite3"));
  const script = `import Database from ${sqlite};
    process.stdout.write(new Database(":memory:").prepare("SELECT sqlite_version()").pluck().get());`;
  const ran = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  if (ran.status === 0) return [good(`SQLite ${ran.stdout}`)];
  const how = ran.signal ?? `exit ${ran.status}`;
  return [
    bad(`SQLite does not load (${how}): install chat-server anew with this Node, ${process.versions.node}`),
  ];
}

/** Descriptors that are not connections: the database, its threads, the log. */
const ownDescriptors = 100;
/** With fewer, a crowd that one expects of a chat does not fit. */
const fewDescriptors = 4_096;

export function lookAtDescriptors(): readonly Finding[] {
  const limit = descriptorLimit();
  if (limit === undefined) return [];
  if (limit === Number.POSITIVE_INFINITY) return [good("any number of files and connections may be open")];
  const connections = Math.max(0, limit - ownDescriptors);
  const line = `${limit} files may be open: room for about ${connections} connections`;
  return [
    limit < fewDescriptors
      ? odd(`${line}; more with ulimit -n 65536, or LimitNOFILE in systemd`)
      : good(line),
  ];
}

/** Node raises what it may by itself, so the hard limit counts. */
function descriptorLimit(): number | undefined {
  if (process.platform === "win32") return undefined;
  const { status, stdout } = spawnSync("/bin/sh", ["-c", "ulimit -H -n"], { encoding: "utf8" });
  if (status !== 0) return undefined;
  return stdout.trim() === "unlimited" ? Number.POSITIVE_INFINITY : Number(stdout);
}

const dayMs = 24 * 60 * 60 * 1000;

/** The time of entries is the server's; tokens, bans and certificates begin and end by it. */
export function lookAtClock(): readonly Finding[] {
  const said = `the clock says ${new Date().toISOString().slice(0, 19)}Z`;
  const installedMs = statSync(fileURLToPath(import.meta.url)).mtimeMs;
  return Date.now() < installedMs - dayMs
    ? [bad(`${said}, which is before this server was installed: set it, best by NTP`)]
    : [good(said)];
}
