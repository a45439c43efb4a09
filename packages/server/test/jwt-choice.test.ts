// What the options for signed tokens come to, and what is said where they are not enough.

import { expect, test } from "vitest";
import type { JwtOptions } from "../src/gates/jwt/choice.js";
import { readJwtOptions } from "../src/gates/jwt/choice.js";

const enough: JwtOptions = { jwtSecretFile: "secret", jwtIssuer: "https://me", jwtAudience: ["chat"] };

test("a key, an issuer and an audience are enough", () => {
  expect(readJwtOptions(enough)).toEqual({
    ok: true,
    value: {
      keys: { kind: "secret", file: "secret" },
      issuer: "https://me",
      audience: ["chat"],
      skewMs: 30_000,
    },
  });
});

test("everything can be said", () => {
  const { jwtSecretFile: _, jwtAudience: __, ...rest } = enough;
  const all = { jwtJwksUrl: "https://me/keys", jwtAnyAudience: true, jwtSkew: 0 };
  const claims = { jwtNameClaim: "nick", jwtAdminClaim: "https://me/roles=a=b" };
  expect(readJwtOptions({ ...rest, ...all, ...claims })).toEqual({
    ok: true,
    value: {
      keys: { kind: "issuer", url: "https://me/keys" },
      issuer: "https://me",
      audience: "any",
      skewMs: 0,
      nameClaim: "nick",
      adminClaim: { name: "https://me/roles", value: "a=b" },
    },
  });
});

test.each<[JwtOptions, RegExp]>([
  [{ jwtSecretFile: undefined }, /needs one of --jwt-secret-file, --jwt-key-file and --jwt-jwks-url$/],
  [{ jwtKeyFile: "key.pem" }, /needs one of --jwt-secret-file/],
  [{ jwtIssuer: undefined }, /needs --jwt-issuer/],
  [{ jwtIssuer: "two words" }, /without spaces/],
  [{ jwtAudience: [] }, /needs --jwt-audience.*--jwt-any-audience if it may/],
  [{ jwtAudience: [""] }, /--jwt-audience can't be empty/],
  [{ jwtAnyAudience: true }, /exclude each other/],
  [{ jwtSkew: 301_000 }, /--jwt-skew is 0 to 300s/],
  [{ jwtSkew: -1 }, /--jwt-skew/],
  [{ jwtSkew: Number.NaN }, /--jwt-skew/],
  [{ jwtNameClaim: "" }, /--jwt-name-claim/],
  [{ jwtAdminClaim: "admin" }, /NAME=VALUE/],
  [{ jwtAdminClaim: "=x" }, /NAME=VALUE/],
])("%j is told in one line", (changed, line) => {
  const read = readJwtOptions({ ...enough, ...changed });
  expect(read).toEqual({ ok: false, fault: expect.stringMatching(line) });
});

test.each([
  ["https://issuer.example/keys", true],
  ["http://127.0.0.1:8080/keys", true],
  ["http://localhost/keys", true],
  ["http://[::1]:80/keys", true],
  ["http://issuer.example/keys", false],
  ["http://localhost.evil.example/keys", false],
  ["http://127.0.0.1.evil.example/keys", false],
  ["https://me:secret@issuer.example/keys", false],
  ["file:///etc/keys", false],
  ["data:application/json,{}", false],
  ["issuer.example", false],
])("keys are fetched over TLS, or from this machine: %s", (jwtJwksUrl, isGood) => {
  expect(readJwtOptions({ ...enough, jwtSecretFile: undefined, jwtJwksUrl }).ok).toBe(isGood);
});
