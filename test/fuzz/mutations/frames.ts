// Mutations of the frame around a text: its header, its pieces, and the control frames between them.
// Some are good WebSocket all the same, and the connection must live; the others may end it, with the
// codes that RFC 6455 has for that.

import { defaultLimits } from "chat-hub";
import type { Chance } from "../../support/chance.ts";
import { between, oneOf } from "../../support/chance.ts";
import { frame } from "../../support/raw-frames.ts";

export interface Framed {
  readonly pieces: readonly Buffer[];
  readonly odd: boolean;
}

type Mutate = (text: Buffer, chance: Chance) => Framed;

const [continuation, whole, binary, close, ping, pong] = [0, 1, 2, 8, 9, 10];

/** Those that leave the WebSocket whole. */
const lawful: readonly Mutate[] = [
  function masked(text, chance) {
    const mask = Buffer.from(Array.from({ length: 4 }, () => between(chance, 0, 255)));
    const bytes = frame(text);
    const at = bytes.length - text.length;
    mask.copy(bytes, at - 4);
    for (let index = 0; index < text.length; index += 1) {
      bytes[at + index] = (bytes[at + index] as number) ^ (mask[index & 3] as number);
    }
    return good(bytes);
  },
  function fragments(text, chance) {
    return { pieces: split(text, between(chance, 2, 12), chance), odd: false };
  },
  function interleaved(text, chance) {
    const [first = frame(text), ...more] = split(text, between(chance, 2, 5), chance);
    return { pieces: [first, frame("x", { opcode: chance() < 0.5 ? ping : pong }), ...more], odd: false };
  },
  function controls(text, chance) {
    const payload = Buffer.alloc(between(chance, 0, 125), 0xff);
    return good(Buffer.concat([frame(payload, { opcode: chance() < 0.5 ? ping : pong }), frame(text)]));
  },
  function dripped(text) {
    const bytes = frame(text);
    const pieces = text.length > 400 ? [bytes] : Array.from(bytes, (byte) => Buffer.from([byte]));
    return { pieces, odd: false };
  },
  function asBinary(text) {
    return good(frame(text, { opcode: binary }));
  },
  function empty(_text, chance) {
    return good(Buffer.concat(Array.from({ length: between(chance, 1, 9) }, () => frame(""))));
  },
];

/** Those that break it, or leave it in the middle of something. */
const odd: readonly Mutate[] = [
  function opcode(text, chance) {
    return bad(frame(text, { opcode: between(chance, 3, 15) }));
  },
  function reserved(text, chance) {
    return bad(frame(text, { rsv: between(chance, 1, 7) }));
  },
  function unmasked(text) {
    return bad(frame(text, { masked: false }));
  },
  function length(text, chance) {
    const { frameBytes } = defaultLimits;
    const lengths = [0, 1, 125, 126, 65_535, frameBytes, frameBytes + 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1];
    return bad(frame(text, { length: oneOf(chance, lengths) as number }));
  },
  function longest(text) {
    const bytes = frame(text, { length: 2 ** 40 });
    bytes.fill(0xff, 2, 10);
    return bad(bytes);
  },
  function tooLong(text, chance) {
    return bad(
      frame(Buffer.concat([text, Buffer.alloc(defaultLimits.frameBytes - between(chance, 0, 3), 0x20)])),
    );
  },
  function orphan(text, chance) {
    return bad(frame(text, { opcode: continuation, fin: chance() < 0.5 }));
  },
  function unfinished(text) {
    return bad(frame(text, { fin: false }), frame(text));
  },
  function manyFragments(text, chance) {
    return bad(...split(text.subarray(0, 1), between(chance, 200, 400), chance));
  },
  function control(text, chance) {
    const opcode = oneOf(chance, [close, ping, pong]) as number;
    return bad(chance() < 0.5 ? frame(text, { opcode, fin: false }) : frame(Buffer.alloc(126), { opcode }));
  },
  function closing(_text, chance) {
    const codes = [
      0, 999, 1000, 1001, 1004, 1005, 1006, 1007, 1011, 1012, 1015, 2999, 3000, 4000, 4429, 4999, 5000,
      65_535,
    ];
    const code = Buffer.alloc(2);
    code.writeUInt16BE(oneOf(chance, codes) as number);
    const reason = oneOf(chance, ["", "bye", "\ufffd", "x".repeat(123)]) as string;
    const payload = [
      Buffer.alloc(0),
      Buffer.alloc(1),
      code,
      Buffer.concat([code, Buffer.from(reason)]),
      Buffer.concat([code, Buffer.from([0xff])]),
    ];
    return bad(frame(oneOf(chance, payload) as Buffer, { opcode: close }), frame("{}"));
  },
  function notUtf8(text, chance) {
    const wrong = [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]];
    const at = between(chance, 0, text.length);
    const bytes = Buffer.concat([
      text.subarray(0, at),
      Buffer.from(oneOf(chance, wrong) as number[]),
      text.subarray(at),
    ]);
    return chance() < 0.5 ? bad(frame(bytes)) : bad(...split(bytes, between(chance, 2, 6), chance));
  },
  function flip(text, chance) {
    const bytes = frame(text);
    const at = between(chance, 0, Math.min(bytes.length - 1, chance() < 0.5 ? 7 : bytes.length - 1));
    bytes[at] = (bytes[at] as number) ^ (1 << between(chance, 0, 7));
    return bad(bytes);
  },
  function cutOff(text, chance) {
    const bytes = frame(text);
    return bad(bytes.subarray(0, between(chance, 1, bytes.length - 1)));
  },
  function noise(_text, chance) {
    return bad(Buffer.from(Array.from({ length: between(chance, 1, 300) }, () => between(chance, 0, 255))));
  },
];

export function mutateFrame(text: string, chance: Chance): Framed {
  const bytes = Buffer.from(text);
  const framed = (oneOf(chance, chance() < 0.5 ? lawful : odd) as Mutate)(bytes, chance);
  return bytes.length > defaultLimits.frameBytes ? { ...framed, odd: true } : framed;
}

function good(bytes: Buffer): Framed {
  return { pieces: [bytes], odd: false };
}

function bad(...pieces: readonly Buffer[]): Framed {
  return { pieces, odd: true };
}

/** One text frame in so many fragments, cut anywhere, also inside a character. */
function split(text: Buffer, count: number, chance: Chance): readonly Buffer[] {
  const cuts = Array.from({ length: count - 1 }, () => between(chance, 0, text.length)).sort((a, b) => a - b);
  return [0, ...cuts].map((from, index) =>
    frame(text.subarray(from, cuts[index] ?? text.length), {
      opcode: index === 0 ? whole : continuation,
      fin: index === count - 1,
    }),
  );
}
