// A UUIDv7: begins with the time, so that the server's index of nonces grows at its end.

import { randomBytes } from "node:crypto";

export function newNonce(wall = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(wall, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
