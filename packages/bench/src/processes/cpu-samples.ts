// What a process had used at each moment of the last minute, written by a thread that does nothing else, read by another:
// a server that is busy answers late, and must then say what it had used when it was asked.

const samplesKept = 6_000;
const sampleMs = 10;
const bytesOfCount = 8;

export interface CpuSample {
  /** Unix milliseconds. */
  readonly atMs: number;
  /** User and system time of the whole process. */
  readonly cpuMs: number;
}

export class CpuSamples {
  readonly memory: SharedArrayBuffer;
  readonly #count: Int32Array;
  readonly #values: Float64Array;

  /** @param memory of another thread's, to share it */
  constructor(memory = new SharedArrayBuffer(bytesOfCount + samplesKept * 2 * 8)) {
    this.memory = memory;
    this.#count = new Int32Array(memory, 0, 1);
    this.#values = new Float64Array(memory, bytesOfCount);
  }

  /** Adds one every few milliseconds, for ever. */
  keepAdding(): void {
    this.add(sampleNow());
    setInterval(() => this.add(sampleNow()), sampleMs);
  }

  add({ atMs, cpuMs }: CpuSample): void {
    const count = Atomics.load(this.#count, 0);
    this.#values.set([atMs, cpuMs], (count % samplesKept) * 2);
    Atomics.store(this.#count, 0, count + 1);
  }

  /** The first one that is not before that moment; what is used now if there is none yet. */
  since(atMs: number): CpuSample {
    let found = sampleNow();
    const count = Atomics.load(this.#count, 0);
    for (let n = count - 1; n >= Math.max(0, count - samplesKept + 1); n--) {
      const at = (n % samplesKept) * 2;
      const [sampledAt, cpuMs] = this.#values.subarray(at, at + 2) as unknown as [number, number];
      if (sampledAt < atMs) break;
      found = { atMs: sampledAt, cpuMs };
    }
    return found;
  }
}

function sampleNow(): CpuSample {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return { atMs: Date.now(), cpuMs: (userCPUTime + systemCPUTime) / 1000 };
}
