// Passwords are kept only as scrypt hashes, each with a salt of its own and with what it cost, in PHC form:
// `$scrypt$ln=15,r=8,p=3$salt$hash`. To compute one takes a while and much memory, on purpose: only so many
// are computed at a time, and only so many wait.

import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { Queue } from "../../stores/queue.js";
import { cost, hashBytes, hashesAtOnce, hashesWaiting, saltBytes } from "./limits.js";

/** Of scrypt: N = 2^ln. */
export interface Cost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

interface Kept extends Cost {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

export class Hashes {
  readonly #cost: Cost;
  readonly #waiting = new Queue<(isTurn: boolean) => void>();
  #isClosed = false;
  #running = 0;
  /** How many were computed. */
  computed = 0;

  constructor(costs: Cost = cost) {
    this.#cost = costs;
  }

  /** What is kept of a password; `undefined`: so many wait that this one can't. */
  async make(password: string): Promise<string | undefined> {
    const salt = randomBytes(saltBytes);
    const hash = await this.#compute(password, { ...this.#cost, salt });
    return hash && written({ ...this.#cost, salt, hash });
  }

  /**
   * Whether this is the password of which that is kept. Where nothing is kept it is nobody's, which takes as
   * long to find out. `undefined`: so many wait that this one can't.
   */
  async matches(password: string, kept: string | undefined): Promise<boolean | undefined> {
    const known = kept === undefined ? undefined : read(kept);
    const asked = known ?? { ...this.#cost, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) };
    const hash = await this.#compute(password, asked);
    return hash && timingSafeEqual(hash, asked.hash) && known !== undefined;
  }

  async #compute(password: string, { ln, r, p, salt }: Omit<Kept, "hash">): Promise<Buffer | undefined> {
    if (!(await this.#turn())) return undefined;
    this.computed += 1;
    const N = 2 ** ln;
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize("NFC"), salt, hashBytes, { N, r, p, maxmem: 256 * N * r }, (error, hash) =>
          error === null ? resolve(hash) : reject(error),
        );
      });
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.(true);
    }
  }

  /** Those that wait are given up. */
  close(): void {
    this.#isClosed = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) next(false);
  }

  /** Waits until one more may be computed; not if too many wait. */
  #turn(): boolean | Promise<boolean> {
    if (this.#isClosed) return false;
    if (this.#running < hashesAtOnce) {
      this.#running += 1;
      return true;
    }
    if (this.#waiting.length >= hashesWaiting) return false;
    return new Promise((resolve) => {
      this.#waiting.push((isTurn) => {
        if (isTurn) this.#running += 1;
        resolve(isTurn);
      });
    });
  }
}

function written({ ln, r, p, salt, hash }: Kept): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;
}

const phc = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{8,})\$([A-Za-z0-9+/]{43})$/;

/** Nothing: it was not written by `make`. */
function read(kept: string): Kept | undefined {
  const [, ln, r, p, salt = "", hash = ""] = phc.exec(kept) ?? [];
  if (ln === undefined) return undefined;
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
