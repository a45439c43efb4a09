// A command says what its frame says, and nothing else, however the frame was made.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CommandType } from "../src/index.js";
import { commands, defaultLimits, events, simple } from "../src/index.js";
import { framesOf, saidFrames } from "./schema-frames.js";

const types = Object.keys(commands) as CommandType[];
const decode = (frame: string) => events.decode(frame, defaultLimits);

/** Everything in a value that is not made of other values. */
function leavesOf(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [value];
  const proto: unknown = Object.getPrototypeOf(value);
  expect([Object.prototype, Array.prototype]).toContain(proto);
  return Object.values(value).flatMap(leavesOf);
}

const isWhole = (value: number): boolean => Number.isSafeInteger(value) && !Object.is(value, -0);

describe("whatever is in a frame", () => {
  const frames = fc.oneof(
    ...types.map((type) => framesOf(type).map((frame) => ({ dialect: events, frame }))),
    { weight: 5, arbitrary: saidFrames.map((frame) => ({ dialect: simple, frame })) },
  );

  test("what comes of it is plain: its texts are whole, its numbers are such as JSON carries", () => {
    let read = 0;
    fc.assert(
      fc.property(frames, ({ dialect, frame }) => {
        const decoded = dialect.decode(JSON.stringify(frame), defaultLimits);
        // Who somebody wants to be is judged by the hub, as one from a URL is.
        if (!decoded.ok || ["login", "register"].includes(decoded.value.command.type)) return;
        read += 1;
        for (const leaf of leavesOf(decoded.value.command)) {
          if (typeof leaf === "string") expect(() => encodeURIComponent(leaf)).not.toThrow();
          else if (typeof leaf === "number") expect(isWhole(leaf)).toBe(true);
          else expect([true, false, undefined]).toContain(leaf);
        }
      }),
      { numRuns: 4_000 },
    );
    expect(read).toBeGreaterThan(1_000);
  });
});

const inherited = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];

describe.each(types)("%s", (type) => {
  const { payload } = JSON.parse(commands[type].example) as { payload?: object };
  const empty = decode(`{"type":"${type}","payload":{}}`);

  test.each(inherited)("nothing comes by way of %s", (name) => {
    const said = JSON.stringify(payload ?? {});
    expect(decode(`{"type":"${type}","payload":{"${name}":${said}}}`)).toEqual(empty);
    expect(decode(`{"type":"${type}","${name}":{"payload":${said}},"payload":{}}`)).toEqual(empty);
    expect(decode(`{"${name}":{"type":"${type}"},"payload":${said}}`).ok).toBe(false);
  });

  test("of what stands there twice the last counts", () => {
    const said = JSON.stringify(payload ?? {});
    const once = decode(`{"type":"${type}","payload":${said}}`);
    expect(once.ok).toBe(true);
    expect(decode(`{"type":"ping","payload":[],"type":"${type}","payload":${said}}`)).toEqual(once);
    const twice = said.replace(
      /[^{}]+/,
      (fields) => `${fields.replaceAll(/:("[^"]*"|\w+)/g, ":[]")},${fields}`,
    );
    expect(decode(`{"type":"${type}","payload":${twice}}`)).toEqual(once);
  });
});

test.each([...inherited, "valueOf", "isPrototypeOf"])("%s is no command", (type) => {
  const decoded = decode(JSON.stringify({ type, payload: {} }));
  expect(decoded.ok ? undefined : decoded.fault.code).toBe("unknown_type");
});
