import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { peers } from "../src/peers/peers.js";
import { markdown } from "../src/report/markdown.js";
import { picture } from "../src/report/picture.js";
import { withFigures } from "../src/report/readme.js";
import type { Result } from "../src/report/result.js";
import type { Bar } from "../src/scenarios/scenario.js";
import { atMost } from "../src/scenarios/scenario.js";
import { scenarios } from "../src/scenarios/scenarios.js";

const about: Result["about"] = {
  machine: { cpu: "A <fast> & quiet one", cores: 2, system: "Linux 6", node: "v26" },
  cores: { server: 1, load: 0 },
  cpuSource: "a clock",
  profiled: false,
  peers: [{ name: "bun", title: "Bun", note: "stores nothing", version: "Bun 1" }],
  absent: [{ peer: "nats", title: "nats-server", why: "it is not on the PATH" }],
};

function bar(label: string, value: number, ours = false): Bar {
  return { label, value, told: `${value} ns`, ours };
}

function result(scenario: string, ...bars: readonly Bar[]): Result {
  const table = [
    ["", "CPU"],
    ["a | b", "12 ns"],
  ];
  const charts = [{ title: `${scenario}: server CPU`, bars }];
  const told = { title: "all send", done: ["32 clients.", "5 s."], table, notes: ['{"a_b":"<i>"}'], charts };
  return { scenario, options: {}, goals: [atMost("flood", 2, "ms", 3)], told, about };
}

const hostile = bar('</text><script>alert("1")</script>&amp;', 5);
const drawn = picture([result("flood", bar("ours", 50, true), bar("Bun", 100), hostile), result("paced")]);

/** Throws unless tags close in the order in which they open, and nothing but entities by number stands for a sign. */
function wellFormed(xml: string): readonly string[] {
  const open: string[] = [];
  const names: string[] = [];
  const tag = /<(\/?)([a-z]+)((?:\s+[a-zA-Z0-9:-]+="[^"<&]*")*)\s*(\/?)>/g;
  const rest = xml.replace(tag, (_, closes: string, name: string, _attributes, alone: string) => {
    if (closes !== "") expect(open.pop()).toBe(name);
    else if (alone === "") open.push(name);
    names.push(name);
    return "";
  });
  expect(open).toEqual([]);
  expect(rest.replace(/&#\d+;/g, "")).not.toMatch(/[<&]/);
  return names;
}

test("the picture is well-formed, whatever stands in its words", () => {
  wellFormed(drawn);
  wellFormed(picture([]));
  expect(() => wellFormed("<a><b></a>")).toThrow();
  expect(() => wellFormed("<a>x & y</a>")).toThrow();
});

test("nothing in it runs, is loaded, or is not text", () => {
  expect(new Set(wellFormed(drawn))).toEqual(
    new Set(["svg", "title", "desc", "style", "rect", "text", "g", "line"]),
  );
  expect(drawn).not.toMatch(/\bon\w+=|href|url\(|@import|javascript:/i);
  expect(drawn.match(/https?:\S+/g)).toEqual(['http://www.w3.org/2000/svg"']);
});

test("a bar is as long as its value is part of the longest; ours are marked, and all are described", () => {
  const lengths = [...drawn.matchAll(/class="(bar[^"]*)" .*?width="([\d.]+)"/g)].map(([, kind, width]) => [
    kind,
    Number(width),
  ]);
  const longest = Number(lengths[1]?.[1]);
  expect(lengths).toEqual([
    ["bar ours", longest / 2],
    ["bar", longest],
    ["bar", longest / 20],
  ]);
  expect(drawn).toContain("flood: server CPU: ours 50 ns, Bun 100 ns");
});

test("Markdown has a table for each scenario and one of the goals, and words stay words", () => {
  const told = markdown([result("flood", bar("ours", 1))]);
  expect(told).toContain(
    "### flood: all send\n\n32 clients. 5 s.\n\n|  | CPU |\n| --- | ---: |\n| a \\| b | 12 ns |",
  );
  expect(told).toContain('- {"a\\_b":"\\<i>"}');
  expect(told).toContain("| flood | ≤ 2 ms | 3 ms | NOT held |");
  expect(told).toContain("- nats-server is not measured: it is not on the PATH");
});

test("figures stand between their marks, as often as they are written", () => {
  const readme = "# a\n\n<!-- figures -->\n\nold\n\n<!-- /figures -->\n\nb\n";
  const written = withFigures(readme, "new\n");
  expect(written).toBe("# a\n\n<!-- figures -->\n\nnew\n\n<!-- /figures -->\n\nb\n");
  expect(withFigures(written, "new\n")).toBe(written);
  expect(() => withFigures("# a", "new")).toThrow("has no <!-- figures -->");
});

test("the README has a place for the figures, and names every scenario and every peer", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  expect(withFigures(readme, "x")).toContain("x");
  const text = withFigures(readme, "");
  for (const { name } of [...scenarios, ...peers]) expect(text).toContain(`\`${name}\``);
});

const bench = fileURLToPath(new URL("../dist/main.js", import.meta.url));
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chat-bench-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function report(lines: readonly string[], ...args: readonly string[]): Promise<string> {
  const file = join(folder, "lines.jsonl");
  await writeFile(file, lines.join("\n"));
  const { stdout } = await promisify(execFile)(process.execPath, [bench, "--from", file, ...args]);
  return stdout;
}

test("reports and picture are made again from lines of --json, the newest of each scenario in the order of the list", async () => {
  const lines = [
    result("paced", bar("elder", 1)),
    result("paced", bar("new", 2)),
    result("flood", bar("x", 3)),
  ].map((line) => JSON.stringify(line));
  const svg = join(folder, "figures.svg");
  const told = await report(lines, "--svg", svg);
  expect(told.indexOf("flood: all send")).toBeLessThan(told.indexOf("paced: all send"));
  expect(told.match(/paced: all send/g)).toHaveLength(1);
  expect(told).toMatch(/flood +≤ 2 ms +3 ms +NOT held/);
  const all = await readFile(svg, "utf8");
  expect(all).toContain("paced: server CPU: new 2 ns");
  expect(all).not.toContain("elder");
  expect(await report(lines, "--scenarios", "flood", "--markdown")).not.toContain("paced");
});

test.each([
  [["{}"], "line 1 of"],
  [["", "flood: 5 ns"], "line 2 of"],
  [[""], "has no line"],
])("what is none of --json's is refused: %j", async (lines, reason) => {
  await expect(report(lines)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(reason) });
});
