// Caps on connections: what a login may ask for and how often it may be tried, how long a frame may be,
// and how many connections a user and an address may have.

import { defaultLimits } from "chat-hub";
import { startServer } from "../../load/server.ts";
import type { Visitor } from "../../load/visitor.ts";
import { visit, visitKept } from "../../load/visitor.ts";
import { outsideAddress } from "../outside.ts";
import type { Expect } from "./expect.ts";

const { rates, ...limits } = defaultLimits;

/** @returns how many caps were tried */
export async function tryLogins(url: string, expect: Expect): Promise<number> {
  for (const each of fields) await loginField(url, each, expect);
  await loginRooms(url, expect);
  await loginTries(url, expect);
  await frameBytes(url, expect);
  return fields.length + 3;
}

/** What a login may say of itself: as long as may be, one more, and the refusal of that. */
const fields: readonly (readonly [cap: string, most: object, over: object, code: string])[] = [
  // Letters of four bytes: `nameBytes` is met at the same time.
  ["nameChars", named("𝼀", limits.nameChars), named("𝼀", limits.nameChars + 1), "bad_name"],
  ["tokenChars", kept(limits.tokenChars[1]), kept(limits.tokenChars[1] + 1), "malformed"],
  ["sinceFrameBytes", from(limits.sinceFrameBytes), from(limits.sinceFrameBytes + 1), "bad_since"],
];

function named(char: string, count: number): object {
  return { username: char.repeat(count) };
}

function kept(count: number): object {
  return { username: "kept", token: "t".repeat(count) };
}

/** Cursors of ten bytes each with their comma, and a last one that fills it up. */
function from(bytes: number): object {
  const cursors = numbered(bytes / 10 - 1).map((n) => `r${String(n).padStart(5, "0")}:01,`);
  return { username: "from", since: `${cursors.join("")}last:`.padEnd(bytes, "1") };
}

async function loginField(
  url: string,
  [cap, most, over, code]: (typeof fields)[number],
  expect: Expect,
): Promise<void> {
  const guest = await visit(url);
  expect(`${cap}, one more`, await guest.tries("login", over), code);
  expect(cap, await guest.tries("login", most), "welcome");
  guest.breaks();
}

async function loginRooms(url: string, expect: Expect): Promise<void> {
  const wish = (count: number): string =>
    numbered(count)
      .map((n) => `built-${n + 1}`)
      .join(",");
  const many = await visit(url);
  const over = { username: "joiner", rooms: wish(limits.loginRooms + 1) };
  expect("loginRooms, one more", await many.tries("login", over), "limit_reached");
  const most = { username: "joiner", rooms: wish(limits.loginRooms) };
  expect("loginRooms", await many.tries("login", most), "welcome");
  many.breaks();
}

async function loginTries(url: string, expect: Expect): Promise<void> {
  const guesser = await visit(url);
  for (let n = 1; n < limits.loginTries; n += 1)
    expect("loginTries", await guesser.tries("login", { username: "alice" }), "name_taken");
  await guesser.ask("login", { username: "alice" });
  expect("loginTries, the last", await guesser.closed, 4401);
}

async function frameBytes(url: string, expect: Expect): Promise<void> {
  const long = await visitKept(url, "long");
  const [before, after] = ['{"type":"send_message","payload":{"message":"long","x":"', '"}}'];
  const text = (bytes: number): string => before + "x".repeat(bytes - before.length - after.length) + after;
  long.says(text(limits.frameBytes));
  expect("frameBytes", await long.tries("ping"), "ping");
  long.says(text(limits.frameBytes + 1));
  expect("frameBytes, one more", await long.closed, 1009);
  const again = await visitKept(url, "long");
  expect("frameBytes, on another connection", await again.tries("ping"), "ping");
  again.breaks();
}

/** What `--limits off` lifts, on a server with limits that listens on more than this machine's loopback. */
export async function tryConnections(expect: Expect): Promise<{ done: number; notes: readonly string[] }> {
  await using server = await startServer({ flags: ["--host", "0.0.0.0", "--yes-open"] });
  await devices(server.url, expect);
  const outside = outsideAddress();
  if (outside === undefined)
    return { done: 1, notes: ["no address but loopback: connections per address are not tried"] };
  await addresses(`ws://${outside}:${server.port}`, expect);
  return { done: 2, notes: [] };
}

async function devices(url: string, expect: Expect): Promise<void> {
  const { devicesPerUser } = limits;
  const all = await Promise.all(numbered(devicesPerUser).map(() => visitKept(url, "many")));
  const over = await visitKept(url, "many");
  expect("devicesPerUser, one more", codeIn(over), "limit_reached");
  expect("devicesPerUser", codesIn(all), "");
  await all[0]?.leaves();
  const again = await visitKept(url, "many");
  expect("devicesPerUser, one given back", codeIn(again), "");
  for (const each of [...all, over, again]) each.breaks();
}

async function addresses(url: string, expect: Expect): Promise<void> {
  const { connectionsPerAddress } = rates ?? { connectionsPerAddress: 0 };
  const all: Visitor[] = [];
  while (all.length < connectionsPerAddress) all.push(await visit(url));
  const over = await visit(url);
  expect("connectionsPerAddress, one more", await over.closed, 4429);
  expect("connectionsPerAddress", await all.at(-1)?.tries("ping"), "ping");
  await all[0]?.leaves();
  const again = await visit(url);
  expect("connectionsPerAddress, one given back", await again.tries("ping"), "ping");
  for (const each of [...all, again]) each.breaks();
}

function codesIn(visitors: readonly Visitor[]): string {
  return visitors.map(codeIn).join("");
}

/** The code that its login was refused with; nothing if it was let in. */
function codeIn({ heard }: Visitor): string {
  return /"type":"error".*?"code":"(\w+)"/.exec(heard.join("\n"))?.[1] ?? "";
}

function numbered(count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => n);
}
