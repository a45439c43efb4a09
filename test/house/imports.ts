// The rule behind the import table: one file in, what it may not import out.
import { posix } from "node:path";
import type { AdapterFolder } from "./import-table.js";
import { adapterFolders, importTable } from "./import-table.js";
import { read } from "./syntax.js";

/** Each as `path:line may not import specifier: why`. */
export function importsRefused(path: string, source: string): readonly string[] {
  const row = importTable
    .filter((row) => path.startsWith(row.in))
    .reduce<(typeof importTable)[number] | undefined>(
      (best, row) => (best === undefined || row.in.length > best.in.length ? row : best),
      undefined,
    );
  if (row === undefined) return [`${path} stands in no row of the import table`];
  return read(path, source).imports.flatMap(({ name, line }) => {
    const reason = name.startsWith(".") ? relativeRefused(path, name) : bareRefused(row.may, name);
    return reason === undefined ? [] : [`${path}:${line} may not import ${name}: ${reason}`];
  });
}

function bareRefused(may: readonly string[], name: string): string | undefined {
  if (name === "computed") return "a specifier must be a literal, or nobody can check it";
  const wanted = name.startsWith("node:") ? "node:" : name;
  return may.includes(wanted) ? undefined : "not in its row of the import table";
}

function relativeRefused(path: string, name: string): string | undefined {
  const target = posix.join(posix.dirname(path), name);
  const home = `${path.split("/src/")[0]}/src/`;
  if (!target.startsWith(home)) return "it leaves its package's src";
  for (const folder of adapterFolders) {
    const technology = technologyOf(folder, target);
    if (
      technology !== undefined &&
      technology !== technologyOf(folder, path) &&
      !folder.choosers.includes(path)
    ) {
      return `${technology} is chosen by ${folder.choosers.join(" and ")} only`;
    }
  }
  return undefined;
}

function technologyOf(folder: AdapterFolder, path: string): string | undefined {
  if (!path.startsWith(folder.in)) return undefined;
  const [first] = path.slice(folder.in.length).split(/[^a-z]/);
  return folder.technologies.find((technology) => technology === first);
}
