// Headers that name a key of their own, or a way to find one.

import { goodClaims, secretSigner, tokenOf } from "../issuer.ts";
import type { Row } from "./row.ts";
import { good, header, refused, strangers } from "./row.ts";

export const headers: readonly Row[] = [
  refused(
    "kid a path, signed by the empty file there",
    strangers(
      () => ({ kid: "../../../../dev/null" }),
      () => secretSigner(""),
    ),
  ),
  refused(
    "kid SQL, signed by what it selects",
    strangers(
      () => ({ kid: "x' UNION SELECT 'secret' -- " }),
      () => secretSigner("secret"),
    ),
  ),
  refused(
    "kid a command",
    strangers(() => ({ kid: "|/usr/bin/id" })),
  ),
  refused(
    "kid a URL",
    strangers(({ strangersUrl }) => ({ kid: strangersUrl })),
  ),
  refused(
    "kid empty, by a stranger",
    strangers(() => ({ kid: "" })),
  ),
  refused("kid a list", header({ kid: ["shared"] })),
  refused("kid a number", header({ kid: 1 })),
  refused("kid null", header({ kid: null })),
  refused("kid an object", header({ kid: { toString: "shared" } })),
  refused(
    "jwk embedded",
    strangers(({ stranger }) => ({ jwk: stranger.known.export({ format: "jwk" }) })),
  ),
  refused(
    "jku to the stranger's keys",
    strangers(({ strangersUrl }) => ({ jku: strangersUrl, kid: "new" })),
  ),
  refused(
    "x5u to the stranger's certificate",
    strangers(({ strangersUrl }) => ({ x5u: strangersUrl, kid: "new" })),
  ),
  refused(
    "x5c with the stranger's certificate",
    strangers(() => ({ x5c: ["MIIB"] })),
  ),
  refused("crit of something unknown", header({ crit: ["tenant"], tenant: "x" })),
  refused("crit empty", header({ crit: [] })),
  refused("crit b64, and encoded all the same", header({ crit: ["b64"], b64: true })),
  refused("crit b64, an unencoded payload", header({ crit: ["b64"], b64: false })),
  refused("typ of a logout", header({ typ: "logout+jwt" })),
  refused("typ of a security event", header({ typ: "secevent+jwt" })),
  refused("typ a number", header({ typ: 1 })),
  refused("a header with alg twice", (scene) => {
    const { issuer, second } = scene;
    return tokenOf(`{"alg":"none","alg":"${issuer.alg}","kid":"${issuer.kid}"}`, goodClaims(second), issuer);
  }),
  refused("a header that is a list", ({ issuer, second }) => tokenOf("[]", goodClaims(second), issuer)),
  refused("a header that is null", ({ issuer, second }) => tokenOf("null", goodClaims(second), issuer)),
  good(
    "jku that the issuer itself has signed, which nobody follows",
    header(({ strangersUrl }) => ({ jku: strangersUrl })),
  ),
  good("typ of an access token", header({ typ: "at+JWT" })),
  good("no typ", header({ typ: undefined })),
];
