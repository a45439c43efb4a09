// The thread that writes the samples. See cpu-samples.ts.

import { workerData } from "node:worker_threads";
import { CpuSamples } from "./cpu-samples.js";

new CpuSamples(workerData as SharedArrayBuffer).keepAdding();
