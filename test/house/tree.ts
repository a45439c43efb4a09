// The files of this checkout as the house rules see them: what is written by hand, nothing installed or built.
// Walks the folders instead of asking git, so that the rules also hold in an unpacked archive.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root: string = fileURLToPath(new URL("../../", import.meta.url));

const notOurs = /^(node_modules|dist|coverage|chat-data|\.git|\.setup|\.pnpm-store)$|^packages\/server\/page/;

/** Paths from the root, with `/`, sorted; those of one folder when one is named. */
export function files(folder = ""): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(root + folder, { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (notOurs.test(entry.name) || notOurs.test(path)) continue;
    if (entry.isDirectory()) found.push(...files(path));
    else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}

/** Everything in a built folder, which `files` leaves out. */
export function builtFiles(folder: string): readonly string[] {
  return readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => statSync(root + path).isFile())
    .sort();
}

export function text(path: string): string {
  return readFileSync(root + path, "utf8");
}

export const isCode = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path);

/** `packages/chat-hub`, …, `test`: the folders that have a package.json. */
export function packageFolders(): readonly string[] {
  return files()
    .filter((path) => /^(packages\/[^/]+|test)\/package\.json$/.test(path))
    .map((path) => path.slice(0, -"/package.json".length));
}

export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly bundledDependencies?: readonly string[];
}

/** `folder` "" is the root. */
export function manifest(folder: string): Manifest {
  return JSON.parse(text(folder === "" ? "package.json" : `${folder}/package.json`)) as Manifest;
}
