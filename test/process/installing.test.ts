// The files that others install the server by name only what there is: commands, variables, paths, ports, versions.
// There may be no Docker and no systemd where this runs, so what they would do with the files is done by hand.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkoutNode } from "../../bin/setup.js";
import { root, text } from "../house/tree.ts";
import { runServer, startServer, temporaryFolder } from "../support/server-process.ts";

const operation = "packages/server/operation";
const dockerfile = text(`${operation}/Dockerfile`);
const compose = text(`${operation}/compose.yaml`);
const unit = text(`${operation}/chat-server.service`);
const published = JSON.parse(text("packages/server/package.json")) as {
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
};
const commands = dockerfile
  .replaceAll("\\\n", " ")
  .split("\n")
  .filter((line) => /^\s*[A-Z]+ /.test(line));

/** What stands behind each line that begins with this word. */
function said(word: string, lines = commands): readonly string[] {
  return lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1).trim()] : []));
}

const settings = (prefix: RegExp, file: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...file.matchAll(prefix)].map(([, name = "", value = ""]) => [name, value]));

const inImage = settings(/\b([A-Z_]+)=(\S+)/g, said("ENV").join(" "));
const inCompose = settings(/^ +(CHAT_[A-Z_]+): (\S+)$/gm, compose);
const inUnit = settings(/^Environment=([A-Z_]+)=(\S+)$/gm, unit);

/** What the server makes of variables, as it says with --print-config; it also refuses what is wrong. */
async function configOf(env: Readonly<Record<string, string>>): Promise<string> {
  const { code, out, err } = await runServer(["--print-config"], { env });
  expect(err).toBe("");
  expect(code).toBe(0);
  return out;
}

test("each of their variables is an option, and each value is one that it can have", async () => {
  for (const env of [{ ...inImage, CHAT_YES_OPEN: "true" }, { ...inImage, ...inCompose }, inUnit]) {
    const config = await configOf(env);
    const chat = Object.keys(env).filter((name) => name.startsWith("CHAT_"));
    expect(chat.length).toBeGreaterThan(0);
    for (const name of chat) expect(config, name).toMatch(new RegExp(`# ${name}$`, "m"));
  }
});

test("an image that was told nothing does not open the server to everybody", async () => {
  const { code, err } = await runServer(["--check"], { env: inImage });
  expect(code).toBe(2);
  expect(err).toMatch(/--auth password .* --yes-open/);
});

test("the image is of the Node and the pnpm of this checkout, in both stages", () => {
  const { devDependencies, packageManager } = JSON.parse(text("package.json")) as {
    devDependencies: Record<string, string>;
    packageManager: string;
  };
  const major = devDependencies["node"]?.match(/\d+/)?.[0];
  expect(said("FROM").map((image) => image.split(" ")[0])).toEqual(
    Array(2).fill(`node:${major}-bookworm-slim`),
  );
  expect(said("RUN").join(" ")).toContain(`npx --yes ${packageManager} `);
});

test("the image runs the package's door as somebody without rights, and keeps what is said in a volume of theirs", () => {
  const door = published.bin["chat-server"];
  expect(said("ENTRYPOINT").map((list) => JSON.parse(list))).toEqual([["node", `/chat-server/${door}`]]);
  expect(existsSync(join(root, "packages/server", door ?? ""))).toBe(true);
  const order = commands.map((line) => line.trim().split(" ")[0]);
  expect(said("USER")).toEqual(["node"]);
  expect(order.indexOf("USER")).toBeLessThan(order.indexOf("ENTRYPOINT"));
  expect(said("VOLUME")).toEqual([inImage["CHAT_DATA"]]);
  expect(said("RUN").at(-1)).toBe(
    `install --directory --mode=0700 --owner=node --group=node ${inImage["CHAT_DATA"]}`,
  );
  expect(said("EXPOSE")).toEqual([inImage["CHAT_PORT"]]);
  expect(compose).toContain(`- "127.0.0.1:8001:${inImage["CHAT_PORT"]}"`);
  for (const order of ["user add alice", "admin grant alice", "user invite"])
    expect(compose).toContain(`/chat-server/bin/chat-server.js ${order}\n`);
  expect(compose).toContain(`- chat-data:${inImage["CHAT_DATA"]}\n`);
  expect(compose).toContain(`dockerfile: ${operation}/Dockerfile\n`);
  expect(join(root, operation, "../../..")).toBe(root.replace(/\/$/, ""));
  for (const left of ["**/node_modules", "**/dist", ".git", "chat-data"])
    expect(text(`${operation}/Dockerfile.dockerignore`).split("\n")).toContain(left);
});

test("the image's health check is content with a server that runs, and with no other", async () => {
  const [, list = ""] = /CMD (\[.*\])$/.exec(said("HEALTHCHECK").join("\n")) ?? [];
  const [program, ...args] = JSON.parse(list) as [string, ...string[]];
  expect(program).toBe("node");
  const server = await startServer(temporaryFolder());
  const check = () =>
    spawnSync(checkoutNode, args, { env: { ...process.env, CHAT_PORT: String(server.port) } }).status;
  expect(check()).toBe(0);
  await server.ends("SIGTERM");
  expect(check()).toBe(1);
});

test("what the unit runs is what is installed, and it has the time that a server takes to end", () => {
  const [start = ""] = said(
    "ExecStart",
    unit.split("\n").map((line) => line.replace("=", " ")),
  );
  expect(start).toBe("/usr/bin/node /opt/chat-server/bin/chat-server.js");
  expect(existsSync(join(root, "packages/server/bin/chat-server.js"))).toBe(true);
  const state = /^StateDirectory=(\S+)$/m.exec(unit)?.[1];
  expect(inUnit["CHAT_DATA"]).toBe(`/var/lib/${state}`);
  for (const file of [unit.match(/^TimeoutStopSec=(\d+)$/m), compose.match(/stop_grace_period: (\d+)s$/m)])
    expect(Number(file?.[1])).toBeGreaterThanOrEqual(40);
});

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

test.skipIf(!hasSystemd)(
  "systemd finds nothing wrong with the unit, and little that it could do (skipped without systemd-analyze)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "chat-unit-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "chat-server.service");
    // What it runs must be there to be verified.
    const installed = unit
      .replace("/usr/bin/node", checkoutNode)
      .replaceAll("/opt/chat-server", join(root, "packages/server"));
    writeFileSync(file, installed);
    const verified = spawnSync("systemd-analyze", ["verify", file], { encoding: "utf8" });
    expect(verified.stderr).toBe("");
    expect(verified.status).toBe(0);
    const rated = spawnSync("systemd-analyze", ["security", "--offline=yes", file], { encoding: "utf8" });
    const exposure = /Overall exposure level for chat-server\.service: (\d+\.\d)/.exec(rated.stdout)?.[1];
    expect(Number(exposure)).toBeLessThan(2);
  },
);

test("all of them are in the package that is published", () => {
  expect(published.files).toContain("operation");
  for (const name of ["Dockerfile", "Dockerfile.dockerignore", "compose.yaml", "chat-server.service"])
    expect(readFileSync(join(root, operation, name), "utf8")).toMatch(/^# .*\n/);
});
