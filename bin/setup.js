// Makes a checkout ready: installs with the pinned pnpm, builds, and remembers from what. Nothing changed since: a few
// dozen `stat`s and on. Says what it does in one line on stderr, because stdout belongs to the program that is started.
// This file and the launchers beside it must run on Node 18 with nothing installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { constants } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { takeLock } from "./lock.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === "win32";
const folder = join(root, ".setup");
const stampFile = join(folder, "ready.json");
const logFile = join(folder, "last.log");
const waitMs = 10 * 60_000;

/** The Node that this checkout brings. Not node_modules/.bin/node, which may be a wrapper that keeps signals to itself. */
export const checkoutNode = join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");

/** @param {string} line */
const say = (line) => process.stderr.write(`chat-hub: ${line}\n`);

/** Ends the set-up with one line that names the way out. */
class SetupFailed extends Error {}

/**
 * Installs and builds what is missing or older than its sources, then returns. One process at a time does it, the
 * others wait. When it can't, it says so and the process ends with 1.
 * @param {{ rebuild?: boolean }} [options]
 */
export async function setUp({ rebuild = false } = {}) {
  try {
    if (!rebuild && isReady()) return;
    const lock = await waitForLock();
    try {
      await install(lock);
      await build(lock, rebuild);
    } finally {
      lock.release();
    }
  } catch (error) {
    if (error instanceof SetupFailed) say(error.message);
    else say(`the set-up failed in ${root}: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}

/**
 * Sets up, then becomes `program`, a script of this checkout.
 * @param {string} program path from the root of the checkout
 * @param {readonly string[]} [args]
 */
export async function launch(program, args = process.argv.slice(2)) {
  await setUp();
  await become(program, args);
}

/**
 * Runs `program` under the checkout's Node: in this process when it is that one already, else in a child that gets the
 * terminal and the signals, and whose exit code is ours.
 * @param {string} program path from the root of the checkout
 * @param {readonly string[]} args
 */
export async function become(program, args) {
  const file = join(root, program);
  if (isSameFile(process.execPath, checkoutNode)) {
    process.argv = [process.execPath, file, ...args];
    await import(new URL(program, new URL("../", import.meta.url)).href);
    return;
  }
  const child = spawn(checkoutNode, [file, ...args], { stdio: "inherit" });
  // Ctrl-C reaches the whole foreground group of a terminal, the child included: handed over as well it would count
  // twice, and the second one means "at once" to many programs.
  let shared = Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
  process.on("SIGINT", () => {
    if (!shared) child.kill("SIGINT");
    shared = false;
  });
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"]))
    process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    say(`could not start ${checkoutNode}: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(exitCode(code, signal)));
}

/** What a build of this checkout leaves behind; one of them missing means that someone has cleaned up. */
const built = [
  "packages/server/page",
  ...packagesWith("tsconfig.json").map((name) => `packages/${name}/dist`),
];

function isReady() {
  const stamp = readStamp();
  return isInstalled(stamp) && isBuilt(stamp);
}

/** @param {Stamp} stamp */
function isInstalled(stamp) {
  return stamp.installed === installInputs() && existsSync(checkoutNode);
}

/** @param {Stamp} stamp */
function isBuilt(stamp) {
  return stamp.built === buildInputs() && built.every((path) => existsSync(join(root, path)));
}

/** What decides which dependencies are there. By content: pnpm and git rewrite these files with other times. */
function installInputs() {
  const files = ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc", "package.json", "test/package.json"];
  for (const name of packagesWith("package.json")) files.push(`packages/${name}/package.json`);
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** What decides the built files. By size and time: reading every source at every start would cost more than it saves. */
function buildInputs() {
  const hash = createHash("sha256").update(installInputs());
  /** @param {string} path */
  const add = (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else if (found) {
      hash.update(`${relative(root, path)} ${found.size} ${found.mtimeMs}\n`);
    }
  };
  for (const path of [
    "tsconfig.json",
    "tsconfig.base.json",
    "packages/web/static",
    "packages/web/build.js",
  ]) {
    add(join(root, path));
  }
  for (const name of packagesWith("tsconfig.json")) {
    add(join(root, "packages", name, "tsconfig.json"));
    add(join(root, "packages", name, "src"));
  }
  return hash.digest("hex");
}

/** @param {import("./lock.js").Lock} lock */
async function install(lock) {
  const stamp = readStamp();
  if (isInstalled(stamp)) return;
  say(
    existsSync(checkoutNode)
      ? "installing what has changed …"
      : "first start: installing and building, about a minute with a good connection …",
  );
  const inputs = installInputs();
  const pnpm = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).packageManager;
  const ended = await run(lock, "npx", ["--yes", pnpm, "install", "--frozen-lockfile"], installEnvironment());
  if (ended.code !== 0 || !existsSync(checkoutNode)) throw installFailed(ended.output);
  writeStamp({ installed: inputs });
}

/**
 * @param {import("./lock.js").Lock} lock
 * @param {boolean} rebuild
 */
async function build(lock, rebuild) {
  const stamp = readStamp();
  if (!rebuild && isBuilt(stamp)) return;
  if (stamp.built !== undefined) say("building …");
  const inputs = buildInputs();
  for (const args of [["node_modules/typescript/bin/tsc", "-b"], ["packages/web/build.js"]]) {
    const ended = await run(lock, checkoutNode, args, process.env);
    if (ended.code !== 0) {
      process.stderr.write(ended.output);
      throw new SetupFailed(
        "the build failed; what it said is above. Once that is put right, run the same command again.",
      );
    }
  }
  writeStamp({ ...stamp, built: inputs });
}

/** @param {string} output */
function installFailed(output) {
  const again = "then run the same command again";
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT/.test(
      output,
    )
  ) {
    return new SetupFailed(
      `the npm registry can't be reached, and the first start needs it. Check the network or proxy, ${again} (details: ${relative(process.cwd(), logFile) || logFile})`,
    );
  }
  if (output.includes("ENOENT_NPX")) {
    return new SetupFailed(
      `npx was not found. It comes with npm: install Node and npm (nodejs.org), ${again}`,
    );
  }
  if (output.includes("ERR_PNPM_OUTDATED_LOCKFILE")) {
    return new SetupFailed(
      `pnpm-lock.yaml is older than a package.json. Run: npx --yes pnpm@10 install, ${again}`,
    );
  }
  process.stderr.write(output);
  return new SetupFailed(
    `the installation failed; what it said is above. Once that is put right, run the same command again.`,
  );
}

/** npm hands its own options down as npm_config_…; those that say what *it* was asked to run must not reach ours. */
function installEnvironment() {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (
      /^npm_config_(call|package|workspaces?|include_workspace_root|prefix|local_prefix|global|omit|only|production)$/i.test(
        name,
      )
    ) {
      delete env[name];
    }
  }
  // A machine without network learns it in seconds, not in two minutes.
  env["npm_config_fetch_retry_mintimeout"] ??= "1000";
  env["npm_config_fetch_retry_maxtimeout"] ??= "10000";
  // The build needs the compilers, which are devDependencies.
  env["NODE_ENV"] = "development";
  return env;
}

/**
 * Runs a command quietly. A signal to us goes to it, and ends us once it has ended.
 * @param {import("./lock.js").Lock} lock
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(lock, command, args, env) {
  return new Promise((resolve) => {
    let output = "";
    /** @type {NodeJS.Signals | undefined} */
    let stopped;
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      shell: windows && command === "npx",
    });
    /** @param {NodeJS.Signals} signal */
    const stop = (signal) => {
      stopped ??= signal;
      child.kill(signal);
    };
    const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
    for (const signal of signals) process.on(signal, stop);
    if (child.pid !== undefined) lock.share(child.pid);
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => {
      const code = /** @type {NodeJS.ErrnoException} */ (error).code;
      resolve({ code: 1, output: code === "ENOENT" ? `ENOENT_NPX ${command}` : String(error) });
    });
    child.on("close", (code, signal) => {
      for (const each of signals) process.off(each, stop);
      writeFileSync(logFile, output);
      if (stopped !== undefined) {
        lock.release();
        process.exit(exitCode(null, stopped));
      }
      resolve({ code: exitCode(code, signal), output });
    });
  });
}

async function waitForLock() {
  mkdirSync(folder, { recursive: true });
  const until = Date.now() + waitMs;
  for (let tries = 0; ; tries += 1) {
    const lock = takeLock(folder);
    if (lock !== undefined) return lock;
    if (tries === 2) say("another start is setting this checkout up; waiting for it …");
    if (Date.now() > until) {
      throw new SetupFailed(
        `another start has been setting this checkout up for too long. End it, or remove ${folder}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** @typedef {{ installed?: string, built?: string }} Stamp */

/** @returns {Stamp} */
function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, "utf8"));
  } catch {
    return {};
  }
}

/** @param {Stamp} stamp */
function writeStamp(stamp) {
  writeFileSync(`${stampFile}.new`, `${JSON.stringify(stamp)}\n`);
  renameSync(`${stampFile}.new`, stampFile);
}

/**
 * @param {string} file
 * @returns {string[]}
 */
function packagesWith(file) {
  return readdirSync(join(root, "packages")).filter((name) => existsSync(join(root, "packages", name, file)));
}

/**
 * @param {string} one
 * @param {string} other
 */
function isSameFile(one, other) {
  const [a, b] = [statSync(one, { throwIfNoEntry: false }), statSync(other, { throwIfNoEntry: false })];
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
  return signal === null ? (code ?? 1) : 128 + constants.signals[signal];
}
