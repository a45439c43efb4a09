// Tokens that choose how they are to be judged.

import { goodClaims, goodHeader, secretSigner, tokenOf } from "../issuer.ts";
import type { Row } from "./row.ts";
import { header, isPublic, isSecret, refused, strangers, unsigned } from "./row.ts";

export const algorithms: readonly Row[] = [
  ...["none", "nOnE", "NONE", "None", ""].flatMap((alg) => [
    refused(`alg ${alg || "empty"}, no signature`, unsigned(alg, "")),
    refused(`alg ${alg || "empty"}, a signature of nothing`, unsigned(alg, "AAAA")),
  ]),
  refused("alg missing", header({ alg: undefined })),
  refused("alg null", header({ alg: null })),
  refused(
    "alg a list",
    header(({ issuer }) => ({ alg: [issuer.alg] })),
  ),
  refused("alg a number", header({ alg: 256 })),
  refused(
    "alg in lower case",
    header(({ issuer }) => ({ alg: issuer.alg.toLowerCase() })),
  ),
  refused(
    "alg with a space",
    header(({ issuer }) => ({ alg: `${issuer.alg} ` })),
  ),
  refused("alg a member of every object", header({ alg: "__proto__" })),
  refused("HS256 by the public key in PEM", publicAsSecret("pem"), isPublic),
  refused("HS256 by the public key in PEM without its last newline", publicAsSecret("pem line"), isPublic),
  refused("HS256 by the public key in DER", publicAsSecret("der"), isPublic),
  refused("HS256 by the public key as a JWK", publicAsSecret("jwk"), isPublic),
  refused(
    "HS256 by an empty secret",
    strangers(
      () => ({}),
      () => secretSigner(""),
    ),
  ),
  refused(
    "HS256 by the word secret",
    strangers(
      () => ({}),
      () => secretSigner("secret"),
    ),
  ),
  refused(
    "HS512 by a secret too short for it",
    ({ issuer, second }) => {
      const signer = secretSigner(issuer.known.export(), "HS512");
      return tokenOf(goodHeader(signer), goodClaims(second), signer);
    },
    isSecret,
  ),
  refused("alg of an encrypted token", header({ alg: "dir", enc: "A128GCM" })),
];

/** The issuer's public key, which everybody has, used as if it were a secret. */
function publicAsSecret(form: "pem" | "pem line" | "der" | "jwk"): Row["token"] {
  return strangers(
    () => ({ alg: "HS256" }),
    ({ issuer: { known } }) => {
      const pem = known.export({ format: "pem", type: "spki" }).toString();
      if (form === "pem") return secretSigner(pem);
      if (form === "pem line") return secretSigner(pem.trimEnd());
      if (form === "jwk") return secretSigner(JSON.stringify(known.export({ format: "jwk" })));
      return secretSigner(known.export({ format: "der", type: "spki" }));
    },
  );
}
