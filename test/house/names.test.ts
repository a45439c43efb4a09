import { expect, test } from "vitest";
import { bannedWords } from "./names.js";
import { read } from "./syntax.js";
import { files, isCode, text } from "./tree.js";

const ours = files().filter((path) => /^(packages|test|bin)\//.test(path));
const code = files().filter(isCode);

test("no file or folder is named by a word that says nothing", () => {
  expect(ours.length).toBeGreaterThan(10);
  expect(ours.filter((path) => bannedWords(path).length > 0)).toEqual([]);
});

test("no export is named by a word that says nothing", () => {
  const bad = code.flatMap((path) =>
    read(path, text(path))
      .exports.filter(({ name }) => bannedWords(name).length > 0)
      .map(({ name, line }) => `${path}:${line} exports ${name}`),
  );
  expect(code.length).toBeGreaterThan(10);
  expect(bad).toEqual([]);
});

test("nothing is exported as default, except where a tool wants it", () => {
  const bad = code.filter(
    (path) =>
      !/\.config\.[jt]s$/.test(path) && read(path, text(path)).exports.some(({ name }) => name === "default"),
  );
  expect(bad).toEqual([]);
});

test("an index.ts is a package's own door, nothing else", () => {
  const doors = code.filter((path) => /(^|\/)index\.[cm]?[jt]sx?$/.test(path));
  expect(doors.filter((path) => !/^packages\/[^/]+\/src\/index\.tsx?$/.test(path))).toEqual([]);
});

test("the words are found whole, in any spelling, and not inside others", () => {
  for (const name of [
    "RoomManager",
    "eventHandlers",
    "string-utils.ts",
    "HELPER",
    "userData",
    "URLHelper",
    "data",
  ]) {
    expect(bannedWords(name), name).toHaveLength(1);
  }
  for (const name of ["handle", "handled", "metadata", "database", "utilization", "managed", "chatdata"]) {
    expect(bannedWords(name), name).toEqual([]);
  }
});

test("exports are seen in every form", () => {
  const source =
    "export const { a, b: c } = x, [d, ...e] = y; export { f as g }; export class H {} export type I = 1; export * as j from './j.js'; export default 1; export function k() {}";
  expect(read("a.ts", source).exports.map(({ name }) => name)).toEqual([
    ...["a", "c", "d", "e", "g", "H", "I", "j", "default", "k"],
  ]);
});
