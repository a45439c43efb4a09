// The issuer's keys, as they change: a set is fetched when it is needed, not as often as anybody likes, and
// nobody comes in by it while it can't be had.

import type { ServerResponse } from "node:http";
import type { GateAnswer } from "chat-hub";
import { expect, test } from "vitest";
import { Gatehouse } from "./gatehouse.ts";
import { goodClaims, goodHeader, goodToken, keySet, keySigner, secretSigner, tokenOf } from "./issuer.ts";
import type { KeyServer } from "./key-server.ts";
import { startKeyServer } from "./key-server.ts";

const first = keySigner("ES256", "first");
const second = keySigner("ES256", "second");

/** Seconds after which a set may be asked for again for a key that is not in it, and must be in any case. */
const coolDown = 10;
const fresh = 600;

async function open(set: string): Promise<{ readonly keys: KeyServer; readonly house: Gatehouse }> {
  const keys = await startKeyServer(set);
  const house = new Gatehouse({ kind: "issuer", url: keys.url });
  return { keys, house };
}

const word = (answer: GateAnswer): string => (answer.ok ? "let in" : answer.code);

test("a key that is new to the server is fetched when it is first used, an old one counts until then", async () => {
  const { keys, house } = await open(keySet(first));
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("let in");
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("let in");
  expect(keys.asked).toHaveLength(1);
  keys.answers(keySet(first, second));
  house.second += coolDown;
  expect(word(await house.shows(goodToken(second, house.second)))).toBe("let in");
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("let in");
  expect(keys.asked).toHaveLength(2);
});

test("a key that the issuer has taken back counts no more once the set is fetched again", async () => {
  const { keys, house } = await open(keySet(first));
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("let in");
  keys.answers(keySet(second));
  house.second += fresh;
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("not_let_in");
  expect(word(await house.shows(goodToken(second, house.second)))).toBe("let in");
});

test("unknown keys make the server ask once in a while, not once for each", async () => {
  const { keys, house } = await open(keySet(first));
  await house.shows(goodToken(first, house.second));
  for (let count = 0; count < 50; count += 1) {
    const stranger = { ...second, kid: `kid ${count}` };
    expect(word(await house.shows(goodToken(stranger, house.second)))).toBe("not_let_in");
  }
  expect(keys.asked).toHaveLength(1);
  house.second += coolDown;
  const many = Array.from({ length: 50 }, (_, count) => ({ ...second, kid: `other ${count}` }));
  const answers = await Promise.all(many.map((each) => house.shows(goodToken(each, house.second))));
  expect(new Set(answers.map(word))).toEqual(new Set(["not_let_in"]));
  expect(keys.asked).toHaveLength(2);
});

test("an algorithm that no key of a set can have asks nobody anything", async () => {
  const { keys, house } = await open(keySet(first));
  await house.shows(goodToken(first, house.second));
  house.second += coolDown;
  const token = tokenOf({ alg: "HS256", kid: "new" }, goodClaims(house.second), secretSigner());
  expect(word(await house.shows(token))).toBe("not_let_in");
  expect(keys.asked).toHaveLength(1);
});

test("a secret that stands in a public set is no secret: nobody comes in by it", async () => {
  const shared = secretSigner();
  const { house } = await open(keySet(first, shared));
  expect(word(await house.shows(goodToken(shared, house.second)))).toBe("not_let_in");
});

test("a private key that stands in a public set is anybody's: nobody comes in by it", async () => {
  const set = JSON.parse(keySet(first)) as { keys: { d?: string }[] };
  for (const key of set.keys) key.d = Buffer.alloc(32, 7).toString("base64url");
  const { house } = await open(JSON.stringify(set));
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("not_let_in");
});

test("a key is used with its own algorithm only, and not for what it is not for", async () => {
  const rsa = keySigner("RS256", "rsa");
  const ps = { ...keySigner("PS256", "rsa"), known: rsa.known };
  const encrypting = keySet(first).replace('"use":"sig"', '"use":"enc"');
  const { keys, house } = await open(keySet(rsa));
  expect(word(await house.shows(goodToken(rsa, house.second)))).toBe("let in");
  expect(word(await house.shows(goodToken(ps, house.second)))).toBe("not_let_in");
  keys.answers(encrypting);
  house.second += fresh;
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("not_let_in");
});

test("a token without kid counts where the set leaves no choice, and not where it does", async () => {
  const { keys, house } = await open(keySet(first));
  const nameless = () => tokenOf({ ...goodHeader(first), kid: undefined }, goodClaims(house.second), first);
  expect(word(await house.shows(nameless()))).toBe("let in");
  keys.answers(keySet(first, second));
  house.second += fresh;
  expect(word(await house.shows(nameless()))).toBe("not_let_in");
});

/** To a place where the keys are. */
function sendOn(response: ServerResponse): void {
  if (response.req.url === "/other") response.end(keySet(first, second));
  else response.writeHead(302, { location: "/other" }).end();
}

const hour = 3_600;
const troubles: readonly (readonly [string, (response: ServerResponse) => void])[] = [
  ["the connection breaks", (response) => response.destroy()],
  ["it breaks in the middle", (response) => response.write('{"keys":[', () => response.destroy())],
  ["500", (response) => response.writeHead(500).end(keySet(second))],
  ["404", (response) => response.writeHead(404).end(keySet(second))],
  ["it sends on to another place", sendOn],
  ["a page instead", (response) => response.end("<html>please log in</html>")],
  ["JSON of another kind", (response) => response.end('{"keys":{}}')],
  ["keys that are no objects", (response) => response.end('{"keys":["first"]}')],
  ["null", (response) => response.end("null")],
  ["more bytes than a set has", (response) => response.end(`{"keys":[],"x":"${"x".repeat(300_000)}"}`)],
  ["more keys than a set has", (response) => response.end(`{"keys":[${Array(101).fill("{}").join(",")}]}`)],
];

test.for(troubles)("while the set can't be had, nobody new comes in: %s", async ([, trouble]) => {
  const { keys, house } = await open(keySet(first));
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("let in");
  keys.answers(trouble);
  house.second += coolDown;
  // A key that it knows and that is not old yet still counts; of others it can't say.
  expect(word(await house.shows(goodToken(second, house.second)))).toBe("unavailable");
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("let in");
  house.second += hour;
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("unavailable");
  expect(house.lines.join("\n")).toMatch(/the issuer's keys can't be had from http:/);
  keys.answers(keySet(second));
  house.second += coolDown;
  expect(word(await house.shows(goodToken(second, house.second)))).toBe("let in");
});

test("an issuer that is not there is said when the server starts, and nobody comes in", async () => {
  const keys = await startKeyServer();
  await keys.goes();
  const house = new Gatehouse({ kind: "issuer", url: keys.url });
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("unavailable");
  expect(house.lines).toEqual([expect.stringMatching(/can't be had from http:.*: ECONNREFUSED$/)]);
});

test("an issuer that is out of order is asked once a second at most", async () => {
  const keys = await startKeyServer();
  keys.answers((response) => void response.writeHead(500).end());
  const house = new Gatehouse({ kind: "issuer", url: keys.url });
  for (let count = 0; count < 20; count += 1)
    expect(word(await house.shows(goodToken(first, house.second)))).toBe("unavailable");
  expect(keys.asked).toHaveLength(1);
  house.second += 1;
  expect(word(await house.shows(goodToken(first, house.second)))).toBe("unavailable");
  expect(keys.asked).toHaveLength(2);
});
