// What a socket has not taken yet. Bytes that others wait for too are kept once for all; of the rest is
// known how much there is at the most, without going through the queue.

/** What a write that waits costs beside its bytes: its place in the queue, and a Buffer to name them. */
const writeBytes = 256;

export class Backlog {
  /** Bytes that were written since it began, and how many of them had been when `#before` was counted. */
  #written = 0;
  #mark = 0;
  /** Own bytes of before the mark, of which some may be left, and since. */
  #before = 0;
  #since = 0;

  /**
   * After a write of so many bytes, which so many connections share, when `queued` are left in all.
   * @returns how many of those are this connection's own, at the most
   */
  add(bytes: number, sharedBy: number, queued: number): number {
    if (this.#written + bytes - queued >= this.#mark) {
      this.#before = this.#since;
      this.#since = 0;
      this.#mark = this.#written;
    }
    this.#written += bytes;
    this.#since += bytes / sharedBy + writeBytes;
    return this.#before + this.#since;
  }
}
