// Tokens that are not good, each for one reason, and a few that are though they look odd. Whoever adds a check
// adds a row; the tests show each row to every kind of gate, and to a server.

import type { Signer } from "../issuer.ts";
import { algorithms } from "./algorithms.ts";
import { otherClaims } from "./claims.ts";
import { headers } from "./headers.ts";
import { names } from "./names.ts";
import type { Row } from "./row.ts";
import { claims, good } from "./row.ts";
import { shapes } from "./shapes.ts";
import { signatures } from "./signatures.ts";
import { times } from "./times.ts";

export const rows: readonly Row[] = [
  good("a good token", claims({})),
  ...algorithms,
  ...headers,
  ...otherClaims,
  ...times,
  ...signatures,
  ...shapes,
  ...names,
];

/** Those that such an issuer's gate can be shown. */
export function rowsFor(issuer: Signer): readonly Row[] {
  return rows.filter(({ where }) => where?.(issuer) !== false);
}
