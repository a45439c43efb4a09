// Where the frames of a WebSocket end in a stream of bytes, in either direction, however the bytes are
// cut. Payloads are not looked at: it hops from header to header, so a gigabyte costs little.

const headEnd = 0x0d0a0d0a;
const maskBytes = 4;

export class FrameMarks {
  /** The frame under way; 0 is the head of the handshake, 1 the first frame behind it. */
  frame = 0;
  /** Whether no byte of it has come yet. */
  isBetween = true;
  #header: number[] = [];
  /** Bytes of the frame under way that are still to come behind its header. */
  #rest = 0;
  /** The last four bytes of the handshake's head. */
  #tail = 0;

  /** Takes the next bytes of the stream, at most to the end of the frame under way; says how many. */
  take(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length) {
      this.isBetween = false;
      if (this.#rest > 0) {
        const step = Math.min(this.#rest, bytes.length - at);
        at += step;
        this.#rest -= step;
        if (this.#rest > 0) return at;
      } else if (!this.#takeHeader(bytes[at++] as number)) {
        continue;
      }
      if (this.#rest > 0) continue;
      this.frame += 1;
      this.isBetween = true;
      return at;
    }
    return at;
  }

  /** Whether the header is whole with this byte; `#rest` is what comes behind it. */
  #takeHeader(byte: number): boolean {
    if (this.frame === 0) {
      this.#tail = ((this.#tail << 8) | byte) >>> 0;
      return this.#tail === headEnd;
    }
    this.#header.push(byte);
    const length = payloadLength(this.#header);
    if (length === undefined) return false;
    const isMasked = ((this.#header[1] as number) & 0x80) !== 0;
    this.#rest = length + (isMasked ? maskBytes : 0);
    this.#header = [];
    return true;
  }
}

/** Nothing while the header is not long enough to say. */
function payloadLength(header: readonly number[]): number | undefined {
  if (header.length < 2) return undefined;
  const short = (header[1] as number) & 0x7f;
  if (short < 126) return short;
  const lengthBytes = short === 126 ? 2 : 8;
  if (header.length < 2 + lengthBytes) return undefined;
  return header.slice(2).reduce((length, byte) => length * 256 + byte, 0);
}
