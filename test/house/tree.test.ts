import { homedir } from "node:os";
import { expect, test } from "vitest";
import { files, manifest, packageFolders, root, text } from "./tree.js";

test("no file names a path of the machine it was written on", () => {
  const machine = [/(^|[^\w.~-])\/(work|root|home\/\w+|Users\/\w+)\/\w/, /\b[A-Z]:\\\\?Users\\/];
  const own = [root, homedir()].filter((path) => path.split("/").filter(Boolean).length > 1);
  const bad = files().flatMap((path) =>
    path === "test/house/tree.test.ts"
      ? []
      : text(path)
          .split("\n")
          .flatMap((line, index) =>
            machine.some((pattern) => pattern.test(line)) || own.some((each) => line.includes(each))
              ? [`${path}:${index + 1}`]
              : [],
          ),
  );
  expect(bad).toEqual([]);
});

test("the lock file and the npm settings name no host: everyone installs from where they usually do", () => {
  expect(text("pnpm-lock.yaml")).toContain("lockfileVersion");
  expect(text("pnpm-lock.yaml")).not.toMatch(/https?:|tarball:/);
  expect(text(".npmrc")).not.toMatch(/registry|https?:|_auth/);
  expect(text("pnpm-workspace.yaml")).not.toMatch(/registry|https?:|_auth/);
});

/** The lines `- `name`: reason …` of the section "Dependencies". */
function reasons(readme: string): readonly string[] {
  if (!files().includes(readme)) return [];
  const section =
    text(readme)
      .split(/^## Dependencies$/m)[1]
      ?.split(/^## /m)[0] ?? "";
  return section.split("\n").filter((line) => /^- `.*`.*: \S+( \S+){2}/.test(line));
}

test("every dependency has its reason in the README of its package, a test tool at least in that of test/", () => {
  let seen = 0;
  const missing: string[] = [];
  for (const folder of ["", ...packageFolders()]) {
    const { dependencies = {}, devDependencies = {} } = manifest(folder);
    const readme = `${folder === "" ? "bin" : folder}/README.md`;
    const tested = [...reasons(readme), ...reasons("test/README.md")];
    for (const [names, lines] of [
      [Object.keys(dependencies), reasons(readme)],
      [Object.keys(devDependencies), tested],
    ] as const) {
      seen += names.length;
      const unexplained = names.filter((name) => !lines.some((line) => line.includes(`\`${name}\``)));
      missing.push(...unexplained.map((name) => `${readme} has no line for ${name}`));
    }
  }
  expect(seen).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

test("a package that is published depends on none that is private", () => {
  for (const folder of packageFolders()) {
    const { dependencies = {}, private: isPrivate } = manifest(folder);
    for (const name of Object.keys(dependencies)) {
      const linked = packageFolders().find((each) => manifest(each).name === name);
      if (linked !== undefined && isPrivate !== true)
        expect(manifest(linked).private, `${folder}: ${name}`).not.toBe(true);
    }
  }
});
