import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { KeySet } from "../src/gates/jwt/key-set.js";

test("an issuer that never answers is not waited for, and closing waits for nobody", async () => {
  const server = createServer(() => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close().closeAllConnections());
  const lines: string[] = [];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const impatient = new KeySet(url, { warn: (line) => lines.push(line), timeoutMs: 20 });
  expect(await impatient.keyFor({ alg: "RS256", kid: "a" })).toEqual({ ok: false, fault: "unavailable" });
  expect(lines).toEqual([`the issuer's keys can't be had from ${url}: no answer within 20 ms`]);
  const patient = new KeySet(url, { warn: (line) => lines.push(line), timeoutMs: 3_600_000 });
  const asked = patient.keyFor({ alg: "RS256", kid: "a" });
  patient.close();
  expect(await asked).toEqual({ ok: false, fault: "unavailable" });
  expect(lines).toHaveLength(1);
});
