// Signatures that are none, or another's.

import { goodClaims, goodHeader, part } from "../issuer.ts";
import type { Row } from "./row.ts";
import { changed, claims, isCurve, refused, strangers } from "./row.ts";

export const signatures: readonly Row[] = [
  refused(
    "the signature stripped, with its dot",
    changed(([head, body]) => `${head}.${body}`),
  ),
  refused(
    "the signature stripped",
    changed(([head, body]) => `${head}.${body}.`),
  ),
  refused(
    "the signature cut",
    changed(([head, body, signature]) => `${head}.${body}.${signature.slice(0, -4)}`),
  ),
  refused(
    "the signature half",
    changed(([head, body, signature]) => `${head}.${body}.${signature.slice(0, signature.length / 8)}`),
  ),
  refused(
    "the signature longer",
    changed(([head, body, signature]) => `${head}.${body}.${signature}AAAA`),
  ),
  refused(
    "a bit of the signature flipped",
    changed(([head, body, signature]) => `${head}.${body}.${flipped(signature)}`),
  ),
  refused(
    "the signature all zeros",
    changed(
      ([head, body, signature]) =>
        `${head}.${body}.${part(Buffer.alloc(Buffer.from(signature, "base64url").length))}`,
    ),
  ),
  refused(
    "the signature of a stranger",
    strangers(() => ({})),
  ),
  refused(
    "the signature of another token",
    changed(([head, body], scene) => `${head}.${body}.${claims({ sub: "other" })(scene).split(".")[2]}`),
  ),
  refused(
    "another name under a good signature",
    changed(([head, , signature], { second }) => `${head}.${part(goodClaims(second, "bob"))}.${signature}`),
  ),
  refused(
    "another header under a good signature",
    changed(
      ([, body, signature], { issuer }) => `${part({ ...goodHeader(issuer), x: 1 })}.${body}.${signature}`,
    ),
  ),
  refused(
    "bits beyond the last byte of the signature",
    changed(([head, body, signature]) => `${head}.${body}.${nextText(signature)}`),
    ({ signs }) => signs("").length % 3 !== 0,
  ),
  refused(
    "the signature in DER",
    ({ issuer, second }) => {
      const raw = issuer.signs("");
      const signed = `${part(goodHeader(issuer))}.${part(goodClaims(second))}`;
      const bytes = issuer.signs(signed);
      return `${signed}.${derOf(bytes, raw.length / 2).toString("base64url")}`;
    },
    isCurve,
  ),
];

function flipped(text: string): string {
  const bytes = Buffer.from(text, "base64url");
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString("base64url");
}

/** The same bytes in another text: the last character has bits that no byte has room for. */
function nextText(text: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.slice(0, -1) + letters[letters.indexOf(text.at(-1) ?? "A") ^ 1];
}

/** SEQUENCE of two INTEGERs, as other formats have such a signature. */
function derOf(raw: Buffer, half: number): Buffer {
  const integer = (bytes: Buffer) => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const short = bytes.subarray(first);
    const padded = (short[0] ?? 0) > 127 ? Buffer.concat([Buffer.alloc(1), short]) : short;
    return Buffer.concat([Buffer.from([2, padded.length]), padded]);
  };
  const both = Buffer.concat([integer(raw.subarray(0, half)), integer(raw.subarray(half))]);
  return Buffer.concat([Buffer.from([0x30, both.length]), both]);
}
