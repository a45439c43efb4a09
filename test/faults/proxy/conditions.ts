// What the way is like in one direction, as numbers that can be changed while bytes are under way.

export interface Conditions {
  /** Every byte comes so much later, and by chance up to `jitterMs` more. Order stays. */
  readonly delayMs: number;
  readonly jitterMs: number;
  readonly bytesPerSecond: number;
  /** The most bytes that are passed on at a time; 1 = each byte by itself. */
  readonly splitBytes: number;
  /** Bytes wait for more until they are so many, but not longer than `joinMs`. */
  readonly joinBytes: number;
  readonly joinMs: number;
}

/** Everything goes through at once, as it comes. */
export const clear: Conditions = {
  delayMs: 0,
  jitterMs: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  splitBytes: Number.POSITIVE_INFINITY,
  joinBytes: 1,
  joinMs: 20,
};

/**
 * A place in what goes in one direction: behind so many bytes; or at a frame of the WebSocket, counted
 * from 1, 0 being the handshake. `before` is when its first byte has come and is not passed on, `after`
 * is when its last byte was.
 */
export type Place =
  | { readonly bytes: number }
  | { readonly frame: number; readonly edge: "before" | "after" };
