// Certificates for tests, made when they are needed: no key lies about, and no other program is asked.

import type { KeyObject } from "node:crypto";
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const dayMs = 24 * 60 * 60 * 1000;

/** A certificate for localhost that has signed itself. */
export function makeCertificate(until: Date = new Date(Date.now() + 30 * dayMs)): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(oid("550403"), utf8("localhost"))));
  const validity = sequence(time(new Date(until.getTime() - 365 * dayMs)), time(until));
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    sequence(ecdsaWithSha256),
    ...[name, validity, name, publicKey.export({ type: "spki", format: "der" })],
    der(0xa3, sequence(basicConstraints, keyId(publicKey), subjectAltName)),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const whole = sequence(toBeSigned, sequence(ecdsaWithSha256), bits(signature));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}

/** Its two files in a folder, and their paths. */
export function writeCertificate(
  folder: string,
  { cert, key }: Certificate = makeCertificate(),
): Certificate {
  const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key, { mode: 0o600 });
  return files;
}

// DER (X.690): a tag, a length, and what is in it.

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const head =
    length < 128
      ? [tag, length]
      : length < 256
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), body]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function set(...parts: readonly Buffer[]): Buffer {
  return der(0x31, ...parts);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes);
}

function utf8(text: string): Buffer {
  return der(0x0c, Buffer.from(text));
}

function octets(bytes: Buffer): Buffer {
  return der(0x04, bytes);
}

function bits(bytes: Buffer): Buffer {
  return der(0x03, Buffer.from([0]), bytes);
}

/** `20261122101112Z` */
function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().replace(/\D/g, "").slice(0, 14)}Z`));
}

const ecdsaWithSha256 = oid("2a8648ce3d040302");
const basicConstraints = sequence(
  oid("551d13"),
  der(0x01, Buffer.from([255])),
  octets(sequence(der(0x01, Buffer.from([255])))),
);
/** The name localhost, and both of its addresses. */
const subjectAltName = sequence(
  oid("551d11"),
  octets(
    sequence(
      der(0x82, Buffer.from("localhost")),
      der(0x87, Buffer.from([127, 0, 0, 1])),
      der(0x87, Buffer.from([...Array<number>(15).fill(0), 1])),
    ),
  ),
);

function keyId(publicKey: KeyObject): Buffer {
  const hash = createHash("sha1")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest();
  return sequence(oid("551d0e"), octets(octets(hash)));
}
