// Signed by the issuer, but not for now.

import type { Row } from "./row.ts";
import { claims, expired, good, refused, text } from "./row.ts";

export const times: readonly Row[] = [
  refused("exp missing", claims({ exp: undefined })),
  refused("exp null", claims({ exp: null })),
  refused(
    "exp a string",
    claims(({ second }) => ({ exp: String(second + 300) })),
  ),
  refused(
    "exp a list",
    claims(({ second }) => ({ exp: [second + 300] })),
  ),
  refused("exp true", claims({ exp: true })),
  refused(
    "exp in milliseconds",
    claims(({ second }) => ({ exp: (second + 300) * 1000 })),
  ),
  refused("exp huge", claims({ exp: 1e300 })),
  refused(
    "exp larger than any number",
    text('{"iss":"https://issuer.example","aud":"chat","sub":"carol","exp":1e999}'),
  ),
  expired(
    "exp in the past",
    claims(({ second }) => ({ exp: second - 3_600 })),
  ),
  expired("exp before 1970", claims({ exp: -1 })),
  expired("exp zero", claims({ exp: 0 })),
  expired(
    "exp just beyond the skew",
    claims(({ second, skewSeconds }) => ({ exp: second - skewSeconds - 2 })),
  ),
  good(
    "exp within the skew",
    claims(({ second, skewSeconds }) => ({ exp: second - skewSeconds + 10 })),
  ),
  good(
    "exp with a fraction",
    claims(({ second }) => ({ exp: second + 300.5 })),
  ),
  refused(
    "nbf in the future",
    claims(({ second }) => ({ nbf: second + 3_600 })),
  ),
  refused(
    "nbf just beyond the skew",
    claims(({ second, skewSeconds }) => ({ nbf: second + skewSeconds + 10 })),
  ),
  refused(
    "nbf a string",
    claims(({ second }) => ({ nbf: String(second) })),
  ),
  refused("nbf null", claims({ nbf: null })),
  good(
    "nbf within the skew",
    claims(({ second, skewSeconds }) => ({ nbf: second + skewSeconds - 10 })),
  ),
  refused(
    "iat in the future",
    claims(({ second }) => ({ iat: second + 3_600, exp: second + 7_200 })),
  ),
  refused(
    "iat a string",
    claims(({ second }) => ({ iat: String(second) })),
  ),
  refused("iat huge", claims({ iat: 1e300 })),
  refused("iat null", claims({ iat: null })),
];
