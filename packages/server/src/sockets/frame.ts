// A text frame as a server sends it (RFC 6455 §5.2): unmasked, whole, header and payload in one piece.

const text = 0x81;
const longestHead = 10;

/** No frame around this payload is longer. */
export function mostFrameBytes(payload: string): number {
  return longestHead + 3 * payload.length;
}

/** How long the frame around this payload is. */
export function frameBytes(payload: string): number {
  const bytes = Buffer.byteLength(payload);
  return headBytes(bytes) + bytes;
}

/**
 * Writes the frame at `offset`, which must have `frameBytes` of room, and gives the offset behind it.
 * How long the payload is in UTF-8 is known only once it is written: it is put where it belongs if it is
 * ASCII, as most are, and moved if it was not.
 */
export function writeFrame(into: Buffer, offset: number, payload: string): number {
  const guessed = offset + headBytes(payload.length);
  const bytes = into.write(payload, guessed);
  const begin = offset + headBytes(bytes);
  if (begin !== guessed) into.copyWithin(begin, guessed, guessed + bytes);
  writeHead(into, offset, bytes);
  return begin + bytes;
}

function headBytes(payloadBytes: number): number {
  if (payloadBytes < 126) return 2;
  return payloadBytes < 65_536 ? 4 : 10;
}

function writeHead(into: Buffer, offset: number, payloadBytes: number): void {
  into[offset] = text;
  if (payloadBytes < 126) {
    into[offset + 1] = payloadBytes;
  } else if (payloadBytes < 65_536) {
    into[offset + 1] = 126;
    into[offset + 2] = payloadBytes >>> 8;
    into[offset + 3] = payloadBytes & 0xff;
  } else {
    into[offset + 1] = 127;
    into.writeBigUInt64BE(BigInt(payloadBytes), offset + 2);
  }
}
