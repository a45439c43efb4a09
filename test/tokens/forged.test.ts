// Every row of the table, shown to a gate of every kind. Whoever is refused is told the same, whatever was
// wrong; nobody's server is asked for keys but the issuer's; no line says a piece of a token.

import { expect, test } from "vitest";
import type { Row } from "./forged/row.ts";
import { rowsFor } from "./forged/rows.ts";
import { Gatehouse, keysOf, skewSeconds } from "./gatehouse.ts";
import type { Signer } from "./issuer.ts";
import { keySet, keySigner, secretSigner } from "./issuer.ts";
import { startKeyServer } from "./key-server.ts";

const pair = (alg: string) => () => keySigner(alg, `key-${alg}`);
const kinds: readonly (readonly [string, () => Signer, () => Signer, "file" | "set"])[] = [
  ["a shared secret", () => secretSigner(), () => secretSigner(), "file"],
  ...(["RS256", "PS384", "ES256", "ES512", "EdDSA"] as const).map(
    (alg) => [`a public key, ${alg}`, pair(alg), pair(alg), "file"] as const,
  ),
  ["an issuer's set, RS256", pair("RS256"), pair("RS256"), "set"],
  ["an issuer's set, ES256", pair("ES256"), pair("ES256"), "set"],
];

test.for(kinds)("forged tokens: %s", async ([, makeIssuer, makeStranger, how]) => {
  const issuer = makeIssuer();
  const strangers = await startKeyServer();
  const issuers = await startKeyServer(keySet(issuer));
  const house = new Gatehouse(how === "file" ? keysOf(issuer) : { kind: "issuer", url: issuers.url });
  const { second } = house;
  const scene = {
    issuer,
    stranger: makeStranger(),
    strangersUrl: strangers.url,
    second,
    skewSeconds,
  };
  const rows = rowsFor(issuer);
  const wrong: string[] = [];
  for (const row of rows) {
    const token = row.token(scene);
    const verdict = await verdictOn(house, token);
    if (verdict !== row.verdict) wrong.push(`${row.name}: ${verdict}, not ${row.verdict}`);
    const pieces = token.split(".").filter((each) => each.length > 4);
    if (house.lines.some((line) => pieces.some((each) => line.includes(each))))
      wrong.push(`${row.name}: a line has a piece of the token`);
    // The next refusal is to be said as well.
    house.second += 11;
    scene.second = house.second;
  }
  expect(wrong).toEqual([]);
  expect(strangers.asked).toEqual([]);
  expect(house.lines.length).toBe(rows.filter(isRefused).length);
});

const isRefused = ({ verdict }: Row): boolean => verdict === "not_let_in";

/** In a word; two refusals of one word are the same to the last field. */
async function verdictOn(house: Gatehouse, token: string): Promise<string> {
  const answer = await house.shows(token);
  if (answer.ok) return "let in";
  expect(answer).toEqual({ ok: false, code: answer.code });
  return answer.code;
}
