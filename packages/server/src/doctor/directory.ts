// The data directory: whether what is said will be kept there, and whether what was said still stands.

import { existsSync, statfsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Settings } from "../options/table.js";
import type { LookedOver } from "../stores/looked-over.js";
import { lookOver } from "../stores/looked-over.js";
import { StoreError } from "../stores/store-error.js";
import type { Finding } from "./finding.js";
import { bad, good, odd, size } from "./finding.js";

/** Whether it can be written is looked at with the options (options/looks.ts). */
export function lookAtDirectory({ store, data }: Settings): readonly Finding[] {
  if (store === "memory")
    return [odd("messages are kept in memory only: --store sqlite keeps them when the server ends")];
  let folder = resolve(data);
  if (existsSync(folder) && !statSync(folder).isDirectory()) return [];
  if (existsSync(folder)) return [lookAtMode(folder), lookAtRoom(folder)];
  while (!existsSync(folder)) folder = dirname(folder);
  return [good(`${data} is not there yet: the first start makes it`), lookAtRoom(folder)];
}

function lookAtMode(folder: string): Finding {
  return process.platform !== "win32" && (statSync(folder).mode & 0o077) !== 0
    ? odd(`others on this machine can look into ${folder}: chmod 700 ${folder}`)
    : good(`${folder} is its owner's alone`);
}

const needed = 64 * 1024 * 1024;
const comfortable = 1024 * 1024 * 1024;

function lookAtRoom(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const room = bavail * bsize;
  const line = `its disk has ${size(room)} left`;
  if (room < needed) return bad(`${line}: without room nothing more is kept; free some`);
  return room < comfortable ? odd(`${line}: free some before it is full`) : good(line);
}

/** Pages are read one by one: a large database takes its time. */
export function lookAtDatabase({ store, data }: Settings): readonly Finding[] {
  if (store === "memory") return [];
  try {
    const found = lookOver(data);
    return found === undefined ? [] : findingsOf(found, Date.now());
  } catch (error) {
    if (error instanceof StoreError) return [bad(error.message)];
    throw error;
  }
}

function findingsOf(found: LookedOver, now: number): readonly Finding[] {
  const { file, bytes, version, newestVersion, epoch, isUsed, newestAt } = found;
  if (found.faults.length > 0)
    return [
      bad(`${file} is damaged: restore it from a backup (${found.faults.join("; ").replaceAll("\n", " ")})`),
    ];
  const used = isUsed ? ", a server is using it" : "";
  const findings = [
    version < newestVersion
      ? odd(
          `${file} is of version ${version}: the next start takes it to ${newestVersion}; make a backup first`,
        )
      : good(
          `${file} is whole: ${size(bytes)}, version ${version}, epoch ${epoch ?? "not given yet"}${used}`,
        ),
  ];
  if (found.wasPutBack)
    findings.push(odd(`${file} was put back to an older state: at the next start everybody fetches anew`));
  if (newestAt !== undefined && newestAt > now + clockSlackMs)
    findings.push(
      odd(
        `the newest message is of ${new Date(newestAt).toISOString().slice(0, 19)}Z, and so late it is not yet: set the clock`,
      ),
    );
  return findings;
}

const clockSlackMs = 60_000;
