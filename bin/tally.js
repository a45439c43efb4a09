// The last line of a test run: `N passed, N failed, N skipped`. A file that could not be loaded, an error outside any
// test and a run without a single test count as failures, so the line never looks better than the exit code.

/** @typedef {import("vitest/node").Reporter} Reporter */

/** @implements {Reporter} */
export class Tally {
  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly unknown[]} errors
   */
  onTestRunEnd(modules, errors) {
    let passed = 0;
    let failed = errors.length;
    let skipped = 0;
    for (const module of modules) {
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "failed") failed += 1;
        else skipped += 1;
      }
    }
    if (passed + failed + skipped === 0) failed = 1;
    if (failed > 0) process.exitCode = 1;
    process.on("exit", () =>
      process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`),
    );
  }
}
