// What those who watch over a server see: whether it lives, whether people can be sent there, and its figures.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import { dialWebSocket } from "../support/raw-socket.js";
import type { ServerProcess } from "../support/server-process.js";
import { runServer, startServer, temporaryFolder } from "../support/server-process.js";

const inMemory = ["--store", "memory"];

interface Watched {
  readonly server: ServerProcess;
  readonly admin: string;
}

/** A server with a port for whoever runs it, which its greeting names. */
async function startWatched(...flags: string[]): Promise<Watched> {
  const server = await startServer(temporaryFolder(), { flags: ["--admin-port", "0", ...flags] });
  await eventually(() => server.out()).toContain("/metrics\n");
  const [, admin = ""] = /metrics +(http:\/\/localhost:\d+)\/metrics\n/.exec(server.out()) ?? [];
  return { server, admin: admin.replace("localhost", "127.0.0.1") };
}

type Figures = ReadonlyMap<string, number>;

/** `name{label="value"}` → value. */
async function scrape(base: string): Promise<Figures> {
  const answer = await fetch(`${base}/metrics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]));
}

test("it lives, it is ready, and it says so on both of its ports", async () => {
  const { server, admin } = await startWatched(...inMemory);
  for (const base of [admin, `http://127.0.0.1:${server.port}`])
    for (const path of ["/healthz", "/readyz"]) {
      const answer = await fetch(base + path);
      expect({ path, status: answer.status }).toEqual({ path, status: 200 });
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  expect((await fetch(`${admin}/`)).status).toBe(404);
  expect((await fetch(`${admin}/schema.json`)).status).toBe(404);
});

test("figures are not for everybody: on the port of the chat there are none, unless that was asked for", async () => {
  const { server } = await startWatched(...inMemory);
  expect((await fetch(`http://127.0.0.1:${server.port}/metrics`)).status).toBe(404);
  const quiet = await startServer(temporaryFolder(), { flags: inMemory });
  expect((await fetch(`http://127.0.0.1:${quiet.port}/metrics`)).status).toBe(404);
  expect(quiet.out()).not.toContain("metrics");
  const open = await startServer(temporaryFolder(), { flags: [...inMemory, "--metrics", "public"] });
  expect((await scrape(`http://127.0.0.1:${open.port}`)).get("chat_users")).toBe(0);
});

test.each(["memory", "sqlite"])("with %s the figures are those of what has happened", async (store) => {
  const { server, admin } = await startWatched("--store", store);
  const alice = await server.connects("/ws?username=alice&token=alice-has-a-long-secret", "alice");
  const bob = await server.connects("/v1/ws?username=bob", "bob");
  await alice.hears({ type: "welcome" });
  alice.says(
    '{"type":"send_message","id":1,"payload":{"message":"hi"}}',
    '{"type":"private_message","id":2,"payload":{"message":"hi","to":"bob"}}',
    '{"type":"create_room","id":3,"payload":{"conversation":"#dev"}}',
    '{"type":"send_message","id":4,"payload":{"conversation":"#dev","message":"hi"}}',
    '{"type":"send_message","id":5,"payload":{"message":""}}',
  );
  await bob.hears({ from: "alice" }, { from: "alice" });
  const refused = await server.connects("/v1/ws?username=alice", "refused");
  await refused.isClosed(4409);
  await alice.heardSoFar();
  const figures = await scrape(admin);
  const told = (name: string) => figures.get(name);
  expect({
    events: told('chat_connections{dialect="events"}'),
    simple: told('chat_connections{dialect="simple"}'),
    users: told("chat_users"),
    opened: told("chat_connections_opened_total"),
    letIn: told('chat_logins_total{outcome="let_in"}'),
    refused: told('chat_logins_total{outcome="refused"}'),
    everyone: told('chat_messages_total{conversation="everyone"}'),
    private: told('chat_messages_total{conversation="private"}'),
    room: told('chat_messages_total{conversation="room"}'),
    empty: told('chat_refusals_total{code="empty_message"}'),
    taken: told('chat_refusals_total{code="name_taken"}'),
    closed: told('chat_closings_total{why="nameTaken"}'),
    rooms: told("chat_rooms"),
    behind: told("chat_connections_behind"),
    unanswered: told("chat_store_unanswered"),
  }).toEqual({
    ...{ events: 1, simple: 1, users: 2, opened: 3, letIn: 2, refused: 1 },
    ...{
      everyone: 1,
      private: 1,
      room: 1,
      empty: 1,
      taken: 1,
      closed: 1,
      rooms: 1,
      behind: 0,
      unanswered: 0,
    },
  });
  // One of the marks that `heardSoFar` makes, beside the five frames.
  expect(told("chat_frames_received_total")).toBeGreaterThanOrEqual(6);
  // The message for everyone went to both of them, that in the room to one.
  expect(told("chat_deliveries_total")).toBeGreaterThanOrEqual(3);
  expect(told("chat_commit_seconds_count")).toBeGreaterThanOrEqual(1);
  for (const name of ["chat_received_bytes_total", "chat_sent_bytes_total", "chat_frames_sent_total"])
    expect(told(name), name).toBeGreaterThan(0);
  for (const name of [
    "process_resident_memory_bytes",
    "nodejs_heap_size_used_bytes",
    "nodejs_eventloop_lag_p99_seconds",
  ])
    expect(told(name), name).toBeGreaterThan(0);
});

test("nothing that people say or prove themselves by is in the figures, and no name", async () => {
  const { server, admin } = await startWatched(...inMemory);
  const canary = "canary0123456789abcdef";
  const alice = await server.connects(`/ws?username=${canary}&token=${canary}`, "alice");
  await alice.hears({ type: "welcome" });
  alice.says(`{"type":"send_message","payload":{"message":"${canary}"}}`, `{"type":"${canary}"}`);
  await alice.heardSoFar();
  expect(await (await fetch(`${admin}/metrics`)).text()).not.toContain(canary);
});

test("every figure of the dashboard is one that there is, with labels that it has", async () => {
  const file = new URL("../../packages/server/operation/grafana-dashboard.json", import.meta.url);
  const dashboard = JSON.parse(readFileSync(file, "utf8")) as {
    panels: { title: string; targets?: { expr: string }[] }[];
  };
  const asked = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  expect(asked.length).toBeGreaterThan(10);
  const { server, admin } = await startWatched(...inMemory);
  const refused = await server.connects("/v1/ws?username=not%20a%20name", "refused");
  await refused.isClosed(4400);
  const alice = await server.connects("/ws?username=alice", "alice");
  alice.says('{"type":"send_message","payload":{"message":"hi"}}');
  await alice.hears({ type: "welcome" }, { type: "new_message" });
  const names = [...(await scrape(admin)).keys()];
  const known = new Set(names.map((name) => name.split("{")[0]));
  for (const expr of asked) {
    const used = [...expr.matchAll(/\b(?:chat|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name);
    expect(used, expr).not.toEqual([]);
    for (const name of used) expect(known, expr).toContain(name);
    for (const [, labels = ""] of expr.matchAll(/\bby \(([^)]*)\)/g))
      for (const label of labels.split(/, */)) {
        const has = names.some(
          (name) => used.includes(name.split("{")[0] ?? "") && name.includes(`${label}="`),
        );
        expect(has, `${label} in ${expr}`).toBe(true);
      }
  }
  // What is shown nowhere is hardly watched.
  const unseen = [...known].filter(
    (name) => name?.startsWith("chat_") && !asked.some((expr) => expr.includes(name)),
  );
  expect(unseen).toEqual(["chat_commit_seconds_sum", "chat_commit_seconds_count"]);
});

test("while it stops it is not ready, says so, and lets nobody in any more", async () => {
  const { server, admin } = await startWatched(...inMemory);
  // Somebody who does not say goodbye is waited for.
  const mute = await dialWebSocket(server.port, "/ws?username=mute");
  server.gets("SIGTERM");
  expect(await mute.closeCode()).toBe(1012);
  for (const base of [admin, `http://127.0.0.1:${server.port}`]) {
    const ready = await fetch(`${base}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain("stopping");
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  }
  await expect(server.connects("/ws?username=late", "late")).rejects.toThrow("503");
  expect((await server.ended).code).toBe(0);
});

test("a port that is taken for the figures is named, with the way out: exit 1", async () => {
  const first = await startServer(temporaryFolder(), { flags: inMemory });
  const { code, out, err } = await runServer([...inMemory, "--port", "0", "--admin-port", `${first.port}`]);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(new RegExp(`^chat-server: port ${first.port} is taken.*--admin-port [^\\n]*\\n$`));
});
