// Room for bytes of one connection, which may wait there for as long as nobody reads. What is left of a slab
// waits with them: Node's own are of 64 KiB, all of which one short frame would keep.

const slabBytes = 8 * 1024;
/** Longer ones stand alone. */
const mostCutBytes = 2 * 1024;

let slab: Buffer = Buffer.alloc(0);
let used = 0;

export function takeRoom(bytes: number): Buffer {
  if (bytes > mostCutBytes) return standAlone(bytes);
  if (used + bytes > slab.length) {
    slab = standAlone(slabBytes);
    used = 0;
  }
  const room = slab.subarray(used, used + bytes);
  used += bytes;
  return room;
}

/** Room that keeps nothing but itself. */
export function standAlone(bytes: number): Buffer {
  return Buffer.allocUnsafeSlow(bytes);
}

/** The same bytes, without the slab that they were cut from. */
export function cutLoose(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength < 2 * bytes.length) return bytes;
  const alone = standAlone(bytes.length);
  bytes.copy(alone);
  return alone;
}
