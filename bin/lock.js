// One set-up at a time, and no set-up blocked by one that was killed.
// A lock is a file lock.N; the highest N counts. It is held while a process named in it lives. Who finds it free
// makes lock.N+1, which only one process can; the highest file is never removed, so an old look at the folder can't
// free a newer lock. (Plain "remove the stale file, make a new one" lets two late-comers remove each other's.)
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const writingMs = 5000;

/**
 * @typedef {{ pid: number, started: string | undefined }} Holder
 * @typedef {{ share(pid: number): void, release(): void }} Lock
 */

/**
 * The lock of this folder, or `undefined` while somebody has it. `share` names a child that goes on holding it should
 * this process be killed.
 * @param {string} folder
 * @returns {Lock | undefined}
 */
export function takeLock(folder) {
  const highest = highestLock(folder);
  if (highest > 0 && isHeld(join(folder, `lock.${highest}`))) return undefined;
  const mine = highest + 1;
  const path = join(folder, `lock.${mine}`);
  const me = holder(process.pid);
  try {
    writeFileSync(path, JSON.stringify([me]), { flag: "wx" });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return undefined;
    throw error;
  }
  if (highestLock(folder) > mine) {
    rmSync(path, { force: true });
    return undefined;
  }
  for (const n of locks(folder)) if (n < mine) rmSync(join(folder, `lock.${n}`), { force: true });
  /** @param {readonly Holder[]} holders */
  const write = (holders) => {
    writeFileSync(`${path}.new`, JSON.stringify(holders));
    renameSync(`${path}.new`, path);
  };
  return {
    share: (pid) => write([me, holder(pid)]),
    release: () => write([]),
  };
}

/** @param {string} folder */
function locks(folder) {
  return readdirSync(folder).flatMap((name) => (/^lock\.\d+$/.test(name) ? [Number(name.slice(5))] : []));
}

/** @param {string} folder */
function highestLock(folder) {
  return Math.max(0, ...locks(folder));
}

/** @param {string} path */
function isHeld(path) {
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return true; // just replaced by a higher one: look again
  }
  try {
    return /** @type {Holder[]} */ (JSON.parse(text)).some(isAlive);
  } catch {
    // Made, but not yet written; or its maker was killed between the two.
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined || Date.now() - found.mtimeMs < writingMs;
  }
}

/** @param {Holder} holder */
function isAlive({ pid, started }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM") return false;
  }
  return holder(pid).started === started;
}

/**
 * A process by number and start time: numbers are used again. Where there is no /proc the number has to do.
 * @param {number} pid
 * @returns {Holder}
 */
function holder(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { pid, started: state === "Z" ? "ended" : rest[18] };
  } catch {
    return { pid, started: undefined };
  }
}
