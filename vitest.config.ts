import { defineConfig } from "vitest/config";
import { Tally } from "./bin/tally.js";

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts", "packages/*/test/**/*.test.tsx", "test/**/*.test.ts"],
    // Two cores, and tests that start servers and browsers: more workers than this only makes them wait for each other.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // Browsers and pseudo-terminals on a shared machine: one stumble is told as flaky, two fail.
    retry: process.env["CI"] === "true" ? 1 : 0,
    passWithNoTests: false,
    reporters: ["default", new Tally()],
  },
});
