// What the caps are held to: what came of it must be this.

export type Expect = (what: string, is: unknown, must: unknown) => void;

/** Notes what is otherwise, one line each. */
export function expectInto(broken: string[]): Expect {
  return (what, is, must) => {
    if (is !== must) broken.push(`${what}: ${String(is)}, not ${String(must)}`);
  };
}
