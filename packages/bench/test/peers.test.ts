// What is not there is left out with the reason: no network, no npm, no binary. Nothing of this takes long, or fails the run.
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { bun } from "../dist/peers/bun.js";
import { nats } from "../dist/peers/nats.js";
import { cacheFolder, fetched } from "../dist/peers/npm-cache.js";
import { Absent } from "../dist/peers/peer.js";
import { atHand, peers } from "../dist/peers/peers.js";
import { socketIo } from "../dist/peers/socket-io.js";

const said: string[] = [];
const say = (line: string) => void said.push(line);
let folder = "";

beforeEach(async () => {
  said.length = 0;
  folder = await mkdtemp(join(tmpdir(), "chat-bench-test-"));
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Only these programs are on the PATH, and what a script needs. */
async function onlyPrograms(programs: Readonly<Record<string, string>>): Promise<void> {
  const bin = join(folder, "bin");
  await mkdir(bin);
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\nPATH=/usr/bin${delimiter}/bin\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  vi.stubEnv("PATH", bin);
}

const offline = `echo "npm error code ENOTFOUND" >&2; echo "npm error network request to the registry failed" >&2; exit 1`;
/** What comes after --prefix is the folder. */
const installs = `mkdir -p "$3/node_modules/thing"; echo '{}' > "$3/node_modules/thing/package.json"; echo once >> ${"$"}COUNT`;
const thing = { name: "thing", version: "1.2.3" };

test("without a network the peers from npm are left out, the others run", async () => {
  await onlyPrograms({ npm: offline });
  const { ready, absent } = await atHand(peers, say);
  expect(ready.map(({ name }) => name)).toEqual(["memory", "sqlite", "plain-loop"]);
  expect(absent).toEqual([
    {
      peer: "bun",
      why: expect.stringMatching(
        /^bun@1\.\d+\.\d+ could not be fetched from npm: .*request to the registry failed/,
      ),
    },
    { peer: "nats", why: expect.stringContaining("no nats-server on the PATH") },
    {
      peer: "socket.io",
      why: expect.stringMatching(/^socket\.io@4\.\d+\.\d+ could not be fetched from npm: /),
    },
  ]);
  expect(said).toContainEqual(expect.stringMatching(/^Bun\.serve publish is left out: bun@/));
  expect(await readdir(cacheFolder())).toEqual([]);
});

test("without npm that is what is said", async () => {
  await onlyPrograms({});
  await expect(socketIo.prepare(say)).rejects.toThrow(Absent);
  await expect(socketIo.prepare(say)).rejects.toThrow("npm can't be started");
});

test("an npm that hangs is given up, and leaves nothing", async () => {
  await onlyPrograms({ npm: "exec sleep 60" });
  await expect(fetched(thing, say, 100)).rejects.toThrow(
    "thing@1.2.3 could not be fetched from npm: it took more than 0.1 s",
  );
  expect(await readdir(cacheFolder())).toEqual([]);
});

test("what was fetched once is not fetched again", async () => {
  vi.stubEnv("COUNT", join(folder, "count"));
  await onlyPrograms({ npm: installs });
  const modules = await fetched(thing, say);
  expect(modules).toBe(join(cacheFolder(), "thing@1.2.3", "node_modules"));
  await onlyNothing();
  expect(await fetched(thing, say)).toBe(modules);
});

async function onlyNothing(): Promise<void> {
  vi.stubEnv("PATH", join(folder, "nowhere"));
}

test("two that fetch the same at once both have it", async () => {
  vi.stubEnv("COUNT", join(folder, "count"));
  await onlyPrograms({ npm: installs });
  const [one, other] = await Promise.all([fetched(thing, say), fetched(thing, say)]);
  expect(one).toBe(other);
  expect(await readdir(cacheFolder())).toEqual(["thing@1.2.3"]);
});

test("a Bun on the PATH is taken, with its version", async () => {
  await onlyPrograms({ bun: "echo 1.9.9" });
  const { command, version } = await bun.prepare(say);
  expect(version).toBe("Bun 1.9.9");
  expect(command({ folder, node: ["node"] })).toEqual(["bun", expect.stringMatching(/bun-publish\.js$/)]);
  expect(said).toEqual([]);
});

test("nats-server is told to serve WebSocket on a free port, and named with its version", async () => {
  await onlyPrograms({ "nats-server": "echo nats-server: v2.9.10" });
  const { command, version, portLine } = await nats.prepare(say);
  expect(version).toBe("nats-server 2.9.10");
  expect(command({ folder, node: [] })).toEqual(["nats-server", "--config", join(folder, "nats.conf")]);
  expect(portLine?.exec("[INF] Listening for websocket clients on ws://127.0.0.1:40123")?.[1]).toBe("40123");
});
