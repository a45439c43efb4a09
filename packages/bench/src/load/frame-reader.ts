// Reads the frames that a server sends one by one and whole. Dearer than the hopper: for loads that must look at each
// frame, and for connections to which little is sent.

const finished = 0x80;
const opcodes = 0x0f;

/** One whole frame: its payload lies in `bytes` from `from` to `to`, and only until the call returns. */
export type TakeFrame = (opcode: number, bytes: Buffer, from: number, to: number) => void;

export const textFrame = 0x1;
export const closeFrame = 0x8;
export const pingFrame = 0x9;

export class FrameReader {
  readonly #frame: TakeFrame;
  /** The beginning of a frame that is not whole yet. */
  #held: Buffer | undefined;

  constructor(frame: TakeFrame) {
    this.#frame = frame;
  }

  /**
   * Takes the next bytes of the stream. They are not kept: the caller may read into the same memory again.
   * @throws at a fragment: the servers that are measured send whole frames
   */
  take(chunk: Buffer): void {
    const bytes = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk]);
    let at = 0;
    while (at < bytes.length) {
      const payload = payloadAt(bytes, at);
      if (payload === undefined || payload.to > bytes.length) break;
      const head = bytes[at] as number;
      if ((head & finished) === 0)
        throw new Error(`a frame begins with 0x${head.toString(16)}: a fragment, which nobody sends here`);
      this.#frame(head & opcodes, bytes, payload.from, payload.to);
      at = payload.to;
    }
    this.#held = at === bytes.length ? undefined : Buffer.from(bytes.subarray(at));
  }
}

/** Where the payload of the frame that begins at `at` lies; `undefined` while its header is not whole. */
function payloadAt(bytes: Buffer, at: number): { readonly from: number; readonly to: number } | undefined {
  if (bytes.length < at + 2) return undefined;
  const short = (bytes[at + 1] as number) & 0x7f;
  const from = at + 2 + (short < 126 ? 0 : short === 126 ? 2 : 8);
  if (bytes.length < from) return undefined;
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  return { from, to: from + length };
}
