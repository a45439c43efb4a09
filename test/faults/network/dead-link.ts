// A link that can really die: the server lives in a network of its own, which two cables lead to, and the
// far end of one of them is taken down. No side is told, and no proxy answers in anybody's place. It
// needs Linux, root and `ip`.

import { execFileSync } from "node:child_process";

interface Cable {
  readonly near: string;
  readonly far: string;
  /** Addresses of its ends. */
  readonly here: string;
  readonly there: string;
}

export class DeadLink implements Disposable {
  readonly #space: string;
  readonly #good: Cable;
  readonly #dying: Cable;

  /** Why there can be none on this machine, if there can't. */
  static skip(): string | undefined {
    try {
      using _ = new DeadLink();
      return undefined;
    } catch {
      return "no network of its own can be made here: it needs Linux, root and `ip`";
    }
  }

  /** @throws if the machine does not let it */
  constructor() {
    const own = process.pid.toString(36);
    this.#space = `chat-fault-${own}`;
    this.#good = { near: `cg${own}`, far: `ch${own}`, here: "10.213.71.1", there: "10.213.71.2" };
    this.#dying = { near: `cd${own}`, far: `ce${own}`, here: "10.213.72.1", there: "10.213.72.2" };
    process.once("exit", () => this[Symbol.dispose]());
    try {
      ip("netns", "add", this.#space);
      for (const cable of [this.#good, this.#dying]) this.#lay(cable);
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /** Runs a program behind the cables. */
  get under(): readonly string[] {
    return ["ip", "netns", "exec", this.#space];
  }

  /** Where a program there is reached by the cable that stays whole, and by the one that dies. */
  get host(): string {
    return this.#good.there;
  }

  get dyingHost(): string {
    return this.#dying.there;
  }

  dies(): void {
    ip("link", "set", this.#dying.near, "down");
  }

  comesBack(): void {
    ip("link", "set", this.#dying.near, "up");
  }

  [Symbol.dispose](): void {
    try {
      ip("netns", "delete", this.#space);
    } catch {
      // It was never made, or is gone already.
    }
  }

  #lay({ near, far, here, there }: Cable): void {
    ip("link", "add", near, "type", "veth", "peer", "name", far, "netns", this.#space);
    ip("address", "add", `${here}/30`, "dev", near);
    ip("link", "set", near, "up");
    ip("-netns", this.#space, "address", "add", `${there}/30`, "dev", far);
    ip("-netns", this.#space, "link", "set", far, "up");
  }
}

function ip(...args: readonly string[]): void {
  execFileSync("ip", args, { stdio: "ignore" });
}
