// What the figures were measured on.

import { cpus, release, type } from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
}

export function machine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model ?? "unknown",
    cores: all.length,
    system: `${type()} ${release().split("-")[0]}`,
    node: process.version,
  };
}
