// Builds the page into ../server/page: index.html, and under assets/ one script, one style sheet and the icon, named
// by their content so that they may be cached for good. The same sources give the same bytes. Nothing is touched
// before everything is built, so a server that is running finds the old page or the new one.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL(".", import.meta.url));
const page = fileURLToPath(new URL("../server/page", import.meta.url));
const next = `${page}.${process.pid}`;

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["src/page.tsx", "src/style/page.css", "src/icon.svg"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  outdir: "assets",
  loader: { ".svg": "copy" },
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome120", "firefox121", "safari17"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
  write: false,
});

/** Where the file that was built from `source` is fetched from. */
function asset(source) {
  const found = Object.entries(metafile.outputs).find(
    ([, output]) => output.entryPoint === source || Object.keys(output.inputs).join() === source,
  );
  if (found === undefined) throw new Error(`nothing was built from ${source}`);
  return found[0];
}

const template = readFileSync(`${root}src/index.html`, "utf8");
const html = template.replaceAll(/(?<=")src\/[^"]+(?=")/g, (source) => `./${asset(source)}`);

/** As it is, and packed: the server gives out whichever a browser takes. */
function write(path, contents) {
  writeFileSync(`${next}/${path}`, contents);
  writeFileSync(`${next}/${path}.gz`, gzipSync(contents, { level: 9 }));
}

rmSync(next, { recursive: true, force: true });
mkdirSync(`${next}/assets`, { recursive: true });
for (const { path, contents } of outputFiles) write(`assets/${basename(path)}`, contents);
write("index.html", html);
rmSync(page, { recursive: true, force: true });
mkdirSync(dirname(page), { recursive: true });
renameSync(next, page);

const sizes = outputFiles.map(({ path, contents }) => {
  const kilobytes = (gzipSync(contents, { level: 9 }).length / 1000).toFixed(1);
  return `${basename(path)} ${kilobytes} kB`;
});
process.stderr.write(`page: ${sizes.join(", ")} (gzip)\n`);
