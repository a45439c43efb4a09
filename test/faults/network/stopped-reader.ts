// Fault 15: somebody stops reading while a great deal is said where they are, and a crowd does that never
// reads on. It is not kept for them in memory, nor is what they have asked, nor who types and who is how;
// and nobody else notices. Who reads on gets all that was said, in order, from the log.

import { defaultLimits } from "chat-hub";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { grown, noiseMs, slowed } from "../load/promises.ts";
import { startServer } from "../load/server.ts";
import { visit } from "../load/visitor.ts";
import { Lines } from "./lines.ts";
import { StoppedCrowd } from "./stopped-crowd.ts";

const mebibyte = 1024 * 1024;
const saidBytes = { short: 128 * mebibyte, long: 1024 * mebibyte };
const messageBytes = 9_000;
/** Before that, as much or enough of it, while everybody reads. */
const warmBytes = 128 * mebibyte;
/** For all of it: a loaded machine takes minutes for a gigabyte. */
const patienceMs = 600_000;
const stopped = "reader0";
/** Others who stop. With 64 KiB for each, and what they share, they take a tenth of what may be taken. */
const crowd = 100;
/** How often somebody types, and looks otherwise, while nobody of them reads. */
const changes = 50;

export const stoppedReader: Fault = {
  number: 15,
  name: "a reader that stops while much is said, and reads on",
  seconds: 20,
  async run(_seed, size) {
    await using server = await startServer({ flags: ["--limits", "off"] });
    await using lines = new Lines(server.port, () => {});
    await lines.open([stopped]);
    await using load = new Load(server, {
      senders: 6,
      readers: 2,
      patienceMs,
      text: (name, n) => `${name} ${n} `.padEnd(messageBytes, "."),
      url: (name) => (name === stopped ? lines.url(name) : server.url),
    });
    const [reader] = load.readers;
    await load.acks(warmBytes / messageBytes, patienceMs);
    using stoppedCrowd = await StoppedCrowd.enters(server.port, crowd);
    stoppedCrowd.stops();
    for (const { down } of lines.of(stopped).links) down.stops();
    load.faultBegins();
    const typist = await visit(server.url, { username: "typist" });
    const before = server.memory();
    const stoppedAt = performance.now();
    for (let n = 0; n < changes; n += 1) {
      await typist.does("typing", { conversation: "everyone", on: n % 2 === 0 });
      await typist.does("set_status", { text: `${n} ${".".repeat(90)}` });
    }
    typist.breaks();
    await load.acks(saidBytes[size] / messageBytes, patienceMs);
    const unheard = load.acked - (reader?.cursor ?? 0);
    const memory = server.memory();
    for (const { down } of lines.of(stopped).links) down.goesOn();
    const wentOnAt = performance.now();
    await reader?.reaches(load.acked, patienceMs);
    const caughtUpMs = performance.now() - wentOnAt;
    load.faultEnds();
    await load.acks(1_000, patienceMs);
    const findings = await load.findings({
      injected: `${crowd + 1} did not read while ${Math.round(saidBytes[size] / mebibyte)} MiB were said`,
      notes: [
        `${unheard.toLocaleString("en")} messages behind, caught up in ${(caughtUpMs / 1_000).toFixed(1)} s`,
      ],
    });
    return {
      ...findings,
      broken: [
        ...findings.broken,
        ...grown(before, memory),
        ...slowed(findings.latency, noiseMs[size]),
        ...(reader?.returns === 0 || wentOnAt - stoppedAt > defaultLimits.stuckMs
          ? []
          : ["the reader was cut off before its time"]),
      ],
    };
  },
};
