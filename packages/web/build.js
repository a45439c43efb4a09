// Builds the page into ../server/page: one script, one style sheet, and what stands in static/ as it is.
// The old files go only when the new ones are ready, so a server that is running never finds an empty folder.
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ready = here(`../server/page.${process.pid}`);
const page = here("../server/page");

rmSync(ready, { recursive: true, force: true });
mkdirSync(ready, { recursive: true });
if (existsSync(here("static"))) cpSync(here("static"), ready, { recursive: true });
const entry = ["src/main.tsx", "src/main.ts"].map(here).find((path) => existsSync(path));
await build({
  entryPoints: [entry],
  outdir: ready,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
});
rmSync(page, { recursive: true, force: true });
renameSync(ready, page);
