// A text frame as a server sends it (RFC 6455 §5.2): unmasked, whole, header and payload in one piece.

const text = 0x81;

/** The length of the frame around a payload of so many bytes. */
export function frameBytes(payloadBytes: number): number {
  if (payloadBytes < 126) return payloadBytes + 2;
  return payloadBytes + (payloadBytes < 65_536 ? 4 : 10);
}

/** Writes the frame at `offset`, which must have room for it, and gives the offset behind it. */
export function writeFrame(into: Buffer, offset: number, payload: string, payloadBytes: number): number {
  let at = offset;
  into[at++] = text;
  if (payloadBytes < 126) {
    into[at++] = payloadBytes;
  } else if (payloadBytes < 65_536) {
    into[at++] = 126;
    at = into.writeUInt16BE(payloadBytes, at);
  } else {
    into[at++] = 127;
    at = into.writeBigUInt64BE(BigInt(payloadBytes), at);
  }
  return at + into.write(payload, at, payloadBytes, "utf8");
}
