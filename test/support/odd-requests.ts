// Requests on the port of the chat that are no good upgrade, each with the status that answers it.

import { upgradeTo } from "./raw-frames.ts";

const upgrade = upgradeTo("/ws?username=alice");

export const oddRequests: readonly (readonly [what: string, request: string, status: number])[] = [
  ["a key that is too short", upgrade.replace("dGhlIHNhbXBsZSBub25jZQ==", "short"), 400],
  ["no key", upgrade.replace(/Sec-WebSocket-Key.*\r\n/, ""), 400],
  ["version 7", upgrade.replace("Version: 13", "Version: 7"), 400],
  ["no version", upgrade.replace(/Sec-WebSocket-Version.*\r\n/, ""), 400],
  ["another protocol", upgrade.replace("Upgrade: websocket", "Upgrade: h2c"), 400],
  ["POST", upgrade.replace("GET", "POST"), 405],
  ["another path", upgradeTo("/v2/ws?username=alice"), 404],
  ["a longer path", upgradeTo("/ws/alice"), 404],
  ["a path of every object", upgradeTo("/__proto__"), 404],
  ["HTTP/1.0 and no more", "GET /ws HTTP/1.0\r\n\r\n", 404],
  ["headers of 100 KB", upgrade.replace("Host", `X: ${"x".repeat(100_000)}\r\nHost`), 431],
  ["a method that is none", upgrade.replace("GET", "DANCE"), 400],
  ["no HTTP at all", "\u0016\u0003\u0001\u0000\u0000\r\n\r\n", 400],
  ["two lengths", `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400],
  ["a space before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400],
];
