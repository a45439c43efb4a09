// Which keys a server starts with: by which algorithms each may be used, and one line where it may not.

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { GateError } from "../src/gates/gate-error.js";
import { readPublicKey, readSecret } from "../src/gates/jwt/key-files.js";

function fileWith(content: string | Buffer, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), "chat-key-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "key");
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

const pem = { publicKeyEncoding: { type: "spki", format: "pem" } } as const;
const privatePem = { privateKeyEncoding: { type: "pkcs8", format: "pem" } } as const;
const rsa = (modulusLength: number) => generateKeyPairSync("rsa", { modulusLength, ...pem, ...privatePem });
const curve = (namedCurve: string) =>
  generateKeyPairSync("ec", { namedCurve, ...pem, ...privatePem }).publicKey;
const ed25519 = () => generateKeyPairSync("ed25519", { ...pem, ...privatePem }).publicKey;
const ed448 = () => generateKeyPairSync("ed448", { ...pem, ...privatePem }).publicKey;

const said = (read: () => unknown): string => {
  try {
    return `no error but ${JSON.stringify(read())}`;
  } catch (error) {
    expect(error).toBeInstanceOf(GateError);
    expect((error as Error).message).not.toContain("\n");
    return (error as Error).message;
  }
};

test.each([
  [32, ["HS256"]],
  [47, ["HS256"]],
  [48, ["HS256", "HS384"]],
  [64, ["HS256", "HS384", "HS512"]],
])("a secret of %i bytes is used with hashes that are no longer than it", (bytes, algorithms) => {
  expect(readSecret(fileWith(randomBytes(bytes)), () => {}).algorithms).toEqual(algorithms);
});

test("a secret that is too short, or that others can read, is told with the way out", () => {
  const short = fileWith("x".repeat(31));
  expect(said(() => readSecret(short, () => {}))).toBe(
    `the secret in ${short} has 31 bytes and needs 32 or more: openssl rand -hex 32 > ${short}`,
  );
  const open = fileWith("x".repeat(32), 0o644);
  const lines: string[] = [];
  readSecret(open, (line) => lines.push(line));
  expect(lines).toEqual([`others on this machine can read the secret in ${open}: chmod 600 ${open}`]);
});

test("the newline behind a line of text is not part of the secret, that of bytes is", () => {
  const size = (content: string | Buffer) => readSecret(fileWith(content), () => {}).key.symmetricKeySize;
  expect(size(`${"x".repeat(40)}\n`)).toBe(40);
  expect(size(`${"x".repeat(40)}\r\n`)).toBe(40);
  expect(size(Buffer.concat([Buffer.alloc(40, 0xff), Buffer.from("\n")]))).toBe(41);
  expect(size(`${"x".repeat(20)}\n${"x".repeat(20)}\n`)).toBe(42);
});

test("a public key is used with the algorithms of its kind, and with no secret's", () => {
  const every = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
  expect(readPublicKey(fileWith(rsa(2048).publicKey)).algorithms).toEqual(every);
  expect(readPublicKey(fileWith(curve("P-256"))).algorithms).toEqual(["ES256"]);
  expect(readPublicKey(fileWith(curve("P-384"))).algorithms).toEqual(["ES384"]);
  expect(readPublicKey(fileWith(curve("P-521"))).algorithms).toEqual(["ES512"]);
  expect(readPublicKey(fileWith(ed25519())).algorithms).toEqual(["EdDSA", "Ed25519"]);
});

test.each([
  ["a private key", () => rsa(2048).privateKey, /holds a private key, .*openssl pkey -in \S+ -pubout/],
  ["two keys", () => ed25519() + ed25519(), /more than one key/],
  ["no key", () => "hello", /no key in PEM: it begins with -----BEGIN PUBLIC KEY-----/],
  ["a damaged key", () => ed25519().replace(/M/g, "A"), /not readable/],
  ["a short RSA key", () => rsa(1024).publicKey, /has 1024 bits: fewer than 2048 are not safe/],
  ["another curve", () => curve("secp256k1"), /of a kind that no token is signed with here/],
  ["another kind", ed448, /of a kind that no token is signed with here/],
])("a key file is refused in one line: %s", (_, content, line) => {
  expect(said(() => readPublicKey(fileWith(content())))).toMatch(line);
});

test("a file that is not there, a folder, and a key in the place of a secret are told", () => {
  expect(said(() => readSecret("/nowhere/secret", () => {}))).toBe(
    "--jwt-secret-file /nowhere/secret: there is no such file",
  );
  expect(said(() => readPublicKey(tmpdir()))).toMatch(/^--jwt-key-file \S+: it is a folder$/);
  expect(said(() => readSecret(fileWith(ed25519()), () => {}))).toMatch(/holds a key, not a secret/);
  expect(said(() => readSecret(fileWith("x".repeat(70_000)), () => {}))).toMatch(/too large/);
});
