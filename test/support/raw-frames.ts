// The bytes of the wire, as a client writes and a server answers them (RFC 6455 §5.2), good ones and
// bad ones: whatever a header can say can be said here.

/** The head of an upgrade to `path`, as a plain client sends it. */
export function upgradeTo(path: string, ...headers: string[]): string {
  const own = headers.map((line) => `${line}\r\n`).join("");
  return (
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${own}\r\n`
  );
}

export interface FrameShape {
  readonly opcode?: number;
  readonly fin?: boolean;
  /** RSV1 = 4, RSV2 = 2, RSV3 = 1. */
  readonly rsv?: number;
  readonly masked?: boolean;
  /** What the header says, if that is not the truth. */
  readonly length?: number;
}

/** One client frame; the mask is all zeros, so that its bytes can be read in a dump. */
export function frame(payload: string | Buffer, shape: FrameShape = {}): Buffer {
  const { opcode = 1, fin = true, rsv = 0, masked = true } = shape;
  const body = Buffer.from(payload);
  const length = shape.length ?? body.length;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  head[1] = (masked ? 0x80 : 0) | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, masked ? Buffer.alloc(4) : Buffer.alloc(0), body]);
}

export interface ServerFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** The first whole frame of a server in these bytes, and how many of them it takes; nothing if it has not all come. */
export function readFrame(bytes: Buffer): (ServerFrame & { readonly bytes: number }) | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] as number) & 0x7f;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < head) return undefined;
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < head + length) return undefined;
  const opcode = (bytes[0] as number) & 0x0f;
  return { opcode, payload: bytes.subarray(head, head + length), bytes: head + length };
}
