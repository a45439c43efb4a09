// What a connection must get, byte for byte: a model of the fan-out that writes every frame at once, and
// the frames of the wire as RFC 6455 has them, made and read in another way than the code under test does.

import { crc32 } from "node:zlib";
import fc from "fast-check";

const text = 1;
const close = 8;
const ping = 9;
export const opcodes = { text, close, ping, pong: 10 } as const;

export interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** A server's frame, RFC 6455 §5.2: whole, unmasked, its length as short as it can be said. */
export function encode({ opcode, payload }: Frame): Buffer {
  const { length } = payload;
  const said =
    length < 126
      ? [length]
      : length < 65_536
        ? [126, length >> 8, length & 255]
        : [127, 0, 0, 0, 0, ...[24, 16, 8, 0].map((bits) => (length >>> bits) & 255)];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...said]), payload]);
}

/**
 * The frames of these bytes.
 * @throws if they are not whole frames, each in its shortest form
 */
export function decode(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const short = bytes.readUInt8(at + 1);
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
    const frame = {
      opcode: bytes.readUInt8(at) & 15,
      payload: bytes.subarray(at + head, at + head + length),
    };
    const whole = bytes.subarray(at, at + head + length);
    if (!encode(frame).equals(whole)) throw new Error(`torn at byte ${at} of ${bytes.length}`);
    frames.push(frame);
    at += whole.length;
  }
  return frames;
}

/** Topics are told apart by what their frames begin with; a connection's own frames begin with `-`. */
export const topics = ["a", "b", "c", "d"] as const;
export type Topic = (typeof topics)[number];
const own = "-";

/** The lengths where a header grows, where the fan-out stops copying, and around them. */
const borders = [125, 126, 127, 16_383, 16_384, 16_385, 65_534, 65_535, 65_536, 65_537];
/** Of one, two, three and four bytes in UTF-8. */
const letters = ["x", "é", "س", "語", "😀", "👨‍👩‍👧"];

/** How a payload is made, apart from what tells it from all others. */
export interface Shape {
  readonly bytes: number;
  readonly letter: string;
}

export const shape: fc.Arbitrary<Shape> = fc.record({
  bytes: fc.oneof(
    { weight: 12, arbitrary: fc.nat(200) },
    { weight: 4, arbitrary: fc.constantFrom(125, 126, 127) },
    { weight: 2, arbitrary: fc.constantFrom(...borders) },
    { weight: 1, arbitrary: fc.nat(40_000) },
  ),
  letter: fc.constantFrom(...letters),
});

/** A payload of so many bytes, or a little more where that is too few for its number. */
export function payload(from: Topic | undefined, number: number, { bytes, letter }: Shape): string {
  const head = `${from ?? own}${number}`;
  const rest = Math.max(0, bytes - Buffer.byteLength(head));
  const size = Buffer.byteLength(letter);
  return head + letter.repeat(rest / size) + "x".repeat(rest % size);
}

/** What one connection has to get. */
export class Expected {
  frames: Frame[] = [];

  says(payload: string): void {
    this.frames.push({ opcode: text, payload: Buffer.from(payload) });
  }

  pings(): void {
    this.frames.push({ opcode: ping, payload: Buffer.alloc(0) });
  }

  closes(code: number, reason: string): void {
    const payload = Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]);
    this.frames.push({ opcode: close, payload });
  }
}

/**
 * Frames as they can be compared and read. The order of the calls is that of the frames, but for this: of
 * several topics a connection may get a turn's frames topic by topic, up to its next frame of its own.
 */
export function shown(frames: readonly Frame[]): string[] {
  const lines: string[] = [];
  let since: { readonly topic: string; readonly line: string }[] = [];
  const settle = (): void => {
    for (const topic of topics)
      lines.push(...since.filter((one) => one.topic === topic).map((one) => one.line));
    since = [];
  };
  for (const { opcode, payload } of frames) {
    const start = payload.toString("utf8", 0, 12);
    const topic = start.slice(0, 1);
    const line = `${opcode} ${JSON.stringify(start)} ${payload.length} ${crc32(payload)}`;
    if (opcode === text && topic !== own) since.push({ topic, line });
    else {
      settle();
      lines.push(line);
    }
  }
  settle();
  return lines;
}
