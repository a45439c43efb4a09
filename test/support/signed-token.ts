// Tokens as an issuer of the test's own signs them, by a secret that the server is told in a file.

import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const secret = "a secret of thirty-two bytes or more, for tests";
const issuer = "test-issuer";

/** The flags of a server that takes them; its secret is written into this folder. */
export function flagsForSigned(folder: string): readonly string[] {
  const file = join(folder, "secret");
  writeFileSync(file, secret, { mode: 0o600 });
  const keys = ["--auth", "jwt", "--jwt-secret-file", file, "--jwt-skew", "0s"];
  return [...keys, "--jwt-issuer", issuer, "--jwt-any-audience"];
}

export function signedToken(name: string, seconds = 3_600): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const body = `${part({ alg: "HS256", typ: "JWT" })}.${part({ iss: issuer, sub: name, exp })}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}
