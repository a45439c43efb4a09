// Programs of others that only a measurement needs: fetched with npm on their first use, in the version that is named here,
// into a folder of the user's cache. They are nobody's dependency.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { kept } from "../processes/keeper.js";
import { Absent } from "./peer.js";

export interface Wanted {
  /** The package's name on npm. */
  readonly name: string;
  readonly version: string;
}

/** Bun is 100 MB; without a network npm gives up long before. */
export const fetchMs = 180_000;
const keptChars = 400;

/** Without a network npm would try again for minutes. */
const npmFlags = [
  "--no-save",
  "--no-package-lock",
  "--no-audit",
  "--no-fund",
  "--ignore-scripts",
  "--prefer-offline",
  "--loglevel=error",
  "--fetch-retries=1",
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=2000",
];

/** By the XDG base directories. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: base } = process.env;
  return join(base === undefined || base === "" ? join(homedir(), ".cache") : base, "chat-hub-bench");
}

/**
 * The folder of modules in which the package lies; fetched if it isn't there yet.
 * @param limitMs how long fetching may take
 * @throws {Absent} if it can't be had: no npm, no network, no such version, no time
 */
export async function fetched(
  { name, version }: Wanted,
  say: (line: string) => void,
  limitMs: number = fetchMs,
): Promise<string> {
  const folder = join(cacheFolder(), `${name}@${version}`);
  const modules = join(folder, "node_modules");
  if (existsSync(join(modules, name, "package.json"))) return modules;
  say(`fetching ${name}@${version} from npm into ${folder}`);
  try {
    await mkdir(cacheFolder(), { recursive: true });
    // Beside its place, and moved there when it is whole: whoever is cut short leaves nothing that looks whole.
    const draft = await mkdtemp(join(cacheFolder(), "fetching-"));
    try {
      await npmInstall(draft, `${name}@${version}`, limitMs);
      await rename(draft, folder).catch((error: unknown) => {
        if (!existsSync(join(modules, name))) throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Absent(`${name}@${version} could not be fetched from npm: ${reason}`);
  }
  return modules;
}

function npmInstall(prefix: string, wanted: string, limitMs: number): Promise<void> {
  const npm = kept(
    spawn("npm", ["install", "--prefix", prefix, ...npmFlags, wanted], {
      stdio: ["ignore", "ignore", "pipe"],
    }),
  );
  let said = "";
  npm.stderr.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      npm.kill("SIGKILL");
      reject(new Error(`it took more than ${limitMs / 1000} s`));
    }, limitMs);
    npm.once("error", ({ message }) => reject(new Error(`npm can't be started: ${message}`)));
    npm.once("exit", (code) => {
      clearTimeout(late);
      if (code === 0) resolve();
      else reject(new Error(firstError(said) ?? `npm ended with ${code}`));
    });
  });
}

/** Of all that npm says the line that tells what was wrong. */
function firstError(said: string): string | undefined {
  const lines = said.split("\n").flatMap((line) => /^npm (?:error|ERR!) (.+)/.exec(line)?.[1] ?? []);
  return (lines.find((line) => !/^(code|errno|syscall) /.test(line)) ?? lines[0])?.slice(0, keptChars);
}
