import { expect, test } from "vitest";
import { parseAddress } from "../src/address.js";

test.each([
  ["ws://localhost:8001", "ws://localhost:8001/ws"],
  ["ws://localhost:8001/", "ws://localhost:8001/ws"],
  ["localhost:8001", "ws://localhost:8001/ws"],
  ["chat.example", "ws://chat.example/ws"],
  ["http://localhost:8001", "ws://localhost:8001/ws"],
  ["https://chat.example", "wss://chat.example/ws"],
  ["wss://chat.example/behind/a/proxy", "wss://chat.example/behind/a/proxy"],
  ["ws://[::1]:8001#top", "ws://[::1]:8001/ws"],
])("%s is the server at %s", (text, url) => {
  expect(parseAddress(text)).toEqual({ ok: true, value: url });
});

test.each([
  ["", "is not an address"],
  ["ws://", "is not an address"],
  ["ftp://x", "begins with ws:// or wss://"],
  ["ws://localhost:8001/v1/ws", "speaks the simple dialect"],
  ["ws://localhost:8001/ws?username=bob", "--username says who you are"],
  ["ws://bob:secret@localhost:8001", "--username says who you are"],
])("%j is refused, and why", (text, reason) => {
  expect(parseAddress(text)).toMatchObject({ ok: false, fault: expect.stringContaining(reason) });
});
