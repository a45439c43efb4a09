// The last line of a test run: `N passed, N failed, N skipped`. A file that could not be loaded, an error outside any
// test and a run that reached no test count as failures, so the line never looks better than the exit code.

/** @import { Reporter, TestModule } from "vitest/node" */

/** @implements {Reporter} */
export class Tally {
  #passed = 0;
  #failed = 1;
  #skipped = 0;

  onInit() {
    // At the very end, below what other reporters and the pool still have to say.
    process.once("exit", (code) => {
      if (code !== 0 && this.#failed === 0) this.#failed = 1;
      process.stdout.write(`${this.#passed} passed, ${this.#failed} failed, ${this.#skipped} skipped\n`);
    });
  }

  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} errors
   */
  onTestRunEnd(modules, errors) {
    this.#passed = 0;
    this.#failed = errors.length;
    this.#skipped = 0;
    for (const module of modules) {
      this.#failed += module.errors().length;
      for (const suite of module.children.allSuites()) this.#failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") this.#passed += 1;
        else if (state === "failed") this.#failed += 1;
        else this.#skipped += 1;
      }
    }
    if (this.#passed + this.#failed + this.#skipped === 0) this.#failed = 1;
    if (this.#failed > 0) process.exitCode = 1;
  }
}
