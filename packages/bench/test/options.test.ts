import { expect, test } from "vitest";
import { BadUsage, flagOf, readOwn } from "../src/option-table.js";
import { readOptions, usage } from "../src/options.js";
import { scenarios } from "../src/scenarios/scenarios.js";

function read(...args: readonly string[]) {
  const options = readOptions(args);
  if (options === "help") throw new Error("no help was asked for");
  return options;
}

test("without a word all scenarios run with their defaults", () => {
  expect(read().runs.map(({ scenario }) => scenario.name)).toEqual(scenarios.map(({ name }) => name));
  for (const { scenario, options } of read().runs)
    expect(options).toEqual(readOwn(scenario.options, {}, false));
});

test("an option holds for the chosen scenarios that have it; the others keep their own", () => {
  const [flood, growth] = read("--scenarios", "growth,flood", "--rounds", "7", "--acks").runs;
  expect(flood).toMatchObject({
    scenario: { name: "flood" },
    options: { rounds: 7, acks: true, clients: 32 },
  });
  expect(growth).toMatchObject({ scenario: { name: "growth" }, options: { messages: 1_000_000 } });
});

test("quick is about defaults: what was said stays as it was said", () => {
  const [flood] = read("--quick", "--scenarios", "flood", "--seconds", "9").runs;
  expect(flood?.options).toMatchObject({ rounds: 1, seconds: 9 });
});

test("the plain loop runs always, since the ratios refer to it", () => {
  expect(read("--peers", "memory").peers).toEqual(["memory", "plain-loop"]);
});

test("help has a line for each option of each scenario", () => {
  expect(readOptions(["--help"])).toBe("help");
  for (const { name, title, options } of scenarios) {
    const part = usage().split(`\n${name}: ${title}\n`)[1]?.split("\n\n")[0] ?? "";
    expect(part.split("\n").filter(Boolean)).toHaveLength(Object.keys(options).length);
    for (const option of Object.keys(options))
      expect(part).toMatch(new RegExp(`^ {2}--${flagOf(option)}\\b`, "m"));
  }
});

test("one name has one type in all scenarios, so that it can be read before the scenario is known", () => {
  const all = scenarios.flatMap(({ options }) => Object.entries(options));
  for (const [name, { type }] of all) {
    expect(
      all.filter(([other]) => other === name).map(([, option]) => option.type === "flag"),
      name,
    ).not.toContain(type !== "flag");
  }
});

test.each([
  [["--rounds", "0"], "--rounds is a whole number from 1 to 1000"],
  [["--rounds", "1.5"], "--rounds is a whole number from 1 to 1000"],
  [["--seconds", "x"], "--seconds is a number above 0"],
  [["--peers", "irc"], 'there is no "irc"; there are memory, sqlite, bun, '],
  [["--scenarios", "rain"], 'there is no "rain"; there are flood, '],
  [["--scenarios", "growth", "--acks"], "--acks is of flood, which you have not chosen"],
  [["--round", "1"], "--round"],
])("%j is refused with the reason", (args, reason) => {
  expect(() => readOptions(args)).toThrow(BadUsage);
  expect(() => readOptions(args)).toThrow(reason);
});
