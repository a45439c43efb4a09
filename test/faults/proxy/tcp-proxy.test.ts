// What the proxy does to bytes, between a plain TCP client and a plain TCP server: whatever it does to
// their pace and their pieces, they are the same bytes in the same order, or the link has ended.

import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../../support/eventually.js";
import { frame, upgradeTo } from "../../support/raw-socket.js";
import type { Place } from "./conditions.ts";
import { FrameMarks } from "./frame-marks.ts";
import type { Link } from "./link.ts";
import { TcpProxy } from "./tcp-proxy.ts";

/** One side of a link, with all that has come there. */
class End {
  readonly socket: Socket;
  readonly chunks: Buffer[] = [];
  /** How it ended, so far. */
  ending: "open" | "told" | "broken" = "open";

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => this.chunks.push(chunk));
    socket.on("end", () => {
      this.ending = "told";
    });
    socket.on("error", () => {
      this.ending = "broken";
    });
  }

  get heard(): string {
    return Buffer.concat(this.chunks).toString("latin1");
  }
}

class Way {
  readonly proxy: TcpProxy;
  readonly #listening: Server;

  private constructor(listening: Server, proxy: TcpProxy) {
    this.#listening = listening;
    this.proxy = proxy;
  }

  static async open(met: (link: Link) => void = () => {}): Promise<Way> {
    const listening = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
    await once(listening, "listening");
    const proxy = await TcpProxy.open({ to: (listening.address() as AddressInfo).port, seed: 7, met });
    onTestFinished(async () => {
      await proxy.close();
      listening.close();
    });
    return new Way(listening, proxy);
  }

  async link(): Promise<{ client: End; server: End; link: Link }> {
    const accepted = once(this.#listening, "connection");
    const socket = connect({ port: this.proxy.port, host: "127.0.0.1", allowHalfOpen: true });
    onTestFinished(() => void socket.destroy());
    const client = new End(socket);
    const [other] = (await accepted) as [Socket];
    return { client, server: new End(other), link: this.proxy.links.at(-1) as Link };
  }
}

/** The only link of a new way. */
async function openLink(met?: (link: Link) => void): Promise<{ client: End; server: End; link: Link }> {
  return (await Way.open(met)).link();
}

const letters = (count: number): string => "abcdefghijklmnopqrstuvwxyz".repeat(Math.ceil(count / 26));

test.each([
  ["at once", {}],
  ["late, by chance", { delayMs: 20, jitterMs: 20 }],
  ["slowly", { bytesPerSecond: 400_000 }],
  ["in pieces of 7 bytes", { splitBytes: 7 }],
  ["in pieces of 64 KiB", { joinBytes: 64 * 1024 }],
])("the same bytes come both ways %s", async (_how, conditions) => {
  const { client, server, link } = await openLink();
  link.sets(conditions);
  const [there, back] = [letters(40_000), letters(30_000).toUpperCase()];
  for (let at = 0; at < there.length; at += 999) client.socket.write(there.slice(at, at + 999));
  server.socket.write(back);
  await eventually(() => [server.heard === there, client.heard === back]).toEqual([true, true]);
});

test("what is delayed comes later, and what is throttled takes its time", async () => {
  const { client, server, link } = await openLink();
  link.up.sets({ delayMs: 150, bytesPerSecond: 10_000 });
  const begun = performance.now();
  client.socket.write(letters(2_000).slice(0, 2_000));
  await eventually(() => server.heard.length).toBe(2_000);
  const took = performance.now() - begun;
  // The last piece is not waited for.
  expect(took).toBeGreaterThan(150 + 180 - 5);
});

test("in a black hole nothing comes, no goodbye either; afterwards all of it does", async () => {
  const way = await Way.open();
  const { client, server, link } = await way.link();
  client.socket.write("before");
  await eventually(() => server.heard).toBe("before");
  link.goesDark();
  client.socket.end(", during");
  server.socket.write("answer");
  // Another link is not touched by it; when something has come through there, it would have come here too.
  const other = await way.link();
  other.client.socket.write("meanwhile");
  await eventually(() => other.server.heard).toBe("meanwhile");
  expect([server.heard, client.heard, server.ending]).toEqual(["before", "", "open"]);
  link.comesBack();
  await eventually(() => [server.heard, client.heard, server.ending]).toEqual([
    "before, during",
    "answer",
    "told",
  ]);
});

test("a half-closed way is over, the other way goes on", async () => {
  const { client, server, link } = await openLink();
  link.up.closes();
  await eventually(() => server.ending).toBe("told");
  client.socket.write("nobody hears this");
  server.socket.write("but this");
  await eventually(() => client.heard).toBe("but this");
  expect([server.heard, client.ending]).toEqual(["", "open"]);
});

test("a broken link is a RST at both ends, and one that an end broke is broken at the other", async () => {
  const way = await Way.open();
  const first = await way.link();
  first.link.breaks();
  await eventually(() => [first.client.ending, first.server.ending]).toEqual(["broken", "broken"]);
  const second = await way.link();
  second.client.socket.resetAndDestroy();
  await eventually(() => second.server.ending).toBe("broken");
  await eventually(() => way.proxy.links).toEqual([]);
});

test("a lane that stops is felt by who writes; the bytes are there when it goes on", async () => {
  const { client, server, link } = await openLink();
  link.down.stops();
  const megabyte = Buffer.alloc(1024 * 1024, 1);
  let written = 0;
  while (written < 64 && server.socket.writableLength < 2 * megabyte.length) {
    server.socket.write(megabyte);
    written += 1;
    await new Promise(setImmediate);
  }
  expect(written).toBeLessThan(64);
  expect(client.heard).toBe("");
  link.down.goesOn();
  const length = (): number => client.chunks.reduce((sum, { length }) => sum + length, 0);
  await eventually(length).toBe(written * megabyte.length);
});

test.each<[Place, string]>([
  [{ bytes: 0 }, ""],
  [{ bytes: 3 }, "GET"],
  [{ frame: 0, edge: "before" }, ""],
  [{ frame: 0, edge: "after" }, "head"],
  [{ frame: 1, edge: "before" }, "head"],
  [{ frame: 1, edge: "after" }, "head one"],
  [{ frame: 3, edge: "before" }, "head one two"],
  [{ frame: 3, edge: "after" }, "head one two three"],
])("a link that is cut at %j has passed on just that", async (place, passed) => {
  const head = upgradeTo("/ws");
  const frames = ["one", "x".repeat(200), "y".repeat(70_000)].map((text) => frame(text).toString("latin1"));
  const bytes = (words: string): string =>
    words === "GET" ? words : [head, ...frames].slice(0, words.split(" ").filter(Boolean).length).join("");
  let link: Link | undefined;
  const { client, server } = await openLink((met) => {
    link = met;
    met.up.at(place, () => met.up.closes());
  });
  for (let at = 0; at < head.length + 71_000; at += 1_001)
    client.socket.write([head, ...frames].join("").slice(at, at + 1_001), "latin1");
  await eventually(() => server.ending).toBe("told");
  expect(server.heard === bytes(passed), `${server.heard.length} of ${bytes(passed).length}`).toBe(true);
  expect(link?.up.passedBytes).toBe(bytes(passed).length);
});

test("frames are found in any pieces", () => {
  const bytes = Buffer.concat([
    Buffer.from(upgradeTo("/ws")),
    ...["", "x", "y".repeat(126), "z".repeat(65_536)].map((text) => frame(text)),
    frame("as a server says it", { masked: false }),
  ]);
  for (const step of [1, 2, 3, 5, 64, 1_000, bytes.length]) {
    const marks = new FrameMarks();
    for (let at = 0; at < bytes.length; ) at += marks.take(bytes.subarray(at, at + step));
    expect([marks.frame, marks.isBetween], `pieces of ${step}`).toEqual([6, true]);
  }
});
