// Ending the server: what was accepted is committed and acked, and everybody is told when to come back.

import { expect, test } from "vitest";
import { dialWebSocket } from "../support/raw-socket.js";
import { startServer, temporaryFolder } from "../support/server-process.js";
import type { Frame, Talker } from "../support/talker.js";

/** Everything up to the close, and the code of it. */
async function untilClosed(talker: Talker): Promise<Frame[]> {
  await talker.isClosed(1012);
  const heard: Frame[] = [];
  for (;;) {
    const next = await talker.next().catch(() => undefined);
    if (next === undefined) return heard;
    heard.push(next);
  }
}

test("SIGTERM under load: what is acked is kept, all are told reconnect with a turn, then 1012 and exit 0", async () => {
  const folder = temporaryFolder();
  const server = await startServer(folder, { flags: ["--limits", "off"] });
  const people = await Promise.all(
    Array.from({ length: 10 }, (_, n) => server.connects(`/ws?username=person${n}`, `person${n}`)),
  );
  const script = await server.connects("/v1/ws?username=script", "script");
  await Promise.all(people.map((person) => person.hears({ type: "welcome" })));
  let sent = 0;
  const talking = setInterval(() => {
    for (const person of people) {
      if (!person.isOpen) continue;
      sent += 1;
      person.says(`{"type":"send_message","id":${sent},"payload":{"message":"${sent}"}}`);
    }
  }, 1);
  await people[0]?.hears({ type: "ack" });
  while (sent < 500) await new Promise((resolve) => setTimeout(resolve, 5));
  server.gets("SIGTERM");
  const heard = await Promise.all(people.map(untilClosed));
  const lines = await untilClosed(script);
  clearInterval(talking);
  expect(await server.ended).toMatchObject({ code: 0, err: "" });

  for (const frames of heard)
    expect(frames.filter(({ type }) => type === "reconnect")).toMatchObject([
      { payload: { after_ms: expect.any(Number) } },
    ]);
  expect(lines).toContainEqual(expect.objectContaining({ from: "server", note: "reconnect" }));
  const acked = new Map<number, number>();
  for (const { type, id, payload } of heard.flat() as {
    type: string;
    id: number;
    payload: { seq: number };
  }[])
    if (type === "ack") acked.set(payload.seq, id);
  // The first ack of the first person was heard before.
  expect(acked.size).toBeGreaterThan(100);
  const refused = heard.flat().filter(({ type }) => type === "error") as { payload: Frame }[];
  for (const { payload } of refused) expect(payload).toMatchObject({ code: "unavailable", retryable: true });

  const again = await startServer(folder);
  const reader = await again.connects("/ws?username=reader&since=everyone:0", "reader");
  await reader.hears({ type: "welcome" });
  const kept: { seq: number; message: string }[] = [];
  for (let next = await reader.next(); next["type"] !== "resumed"; next = await reader.next())
    kept.push(next["payload"] as (typeof kept)[number]);
  expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, index) => index + 1));
  for (const [seq, id] of acked) expect(kept[seq - 1]?.message).toBe(`${id}`);
  // Nothing was accepted without being acked: all but the one ack that was heard before are in `acked`.
  expect(kept.length - acked.size).toBe(1);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s with nobody there: exit 0, without a word", async (signal) => {
  const server = await startServer(temporaryFolder());
  const { code, err } = await server.ends(signal);
  expect({ code, err }).toEqual({ code: 0, err: "" });
});

test("a second signal ends it at once, though somebody does not say goodbye", async () => {
  const server = await startServer(temporaryFolder(), { flags: ["--store", "memory"] });
  const mute = await dialWebSocket(server.port, "/ws?username=mute");
  server.gets("SIGTERM");
  expect(await mute.closeCode()).toBe(1012);
  const { code } = await server.ends("SIGTERM");
  expect(code).toBe(143);
});

test("whoever does not answer the goodbye is not waited for longer than a few seconds", async () => {
  const server = await startServer(temporaryFolder(), { flags: ["--store", "memory"] });
  await dialWebSocket(server.port, "/ws?username=mute");
  const { code } = await server.ends("SIGTERM");
  expect(code).toBe(0);
});

test("cursors that have moved in the last second are kept too", async () => {
  const folder = temporaryFolder();
  const server = await startServer(folder);
  const [alice, bob] = [
    await server.connects("/ws?username=alice", "alice"),
    await server.connects("/ws?username=bob&token=bob-has-a-long-secret&receipts=true", "bob"),
  ];
  await bob.hears({ type: "welcome" });
  alice.says('{"type":"send_message","payload":{"message":"hi"}}');
  await bob.hears({ type: "new_message" });
  bob.says('{"type":"read","id":1,"payload":{"conversation":"everyone","seq":1}}');
  await bob.hears({ type: "ack", id: 1 });
  await server.ends("SIGTERM");
  const again = await startServer(folder);
  const back = await again.connects("/ws?username=bob&token=bob-has-a-long-secret", "bob");
  await back.hears({
    payload: { conversations: [{ conversation: "everyone", head: 1, read: 1, unread: 0 }] },
  });
});
