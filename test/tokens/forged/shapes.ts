// What is no token at all, or one that two readers would read in two ways.

import type { Row } from "./row.ts";
import { changed, claims, good, refused, text } from "./row.ts";

export const shapes: readonly Row[] = [
  refused("two dots", () => ".."),
  refused("three dots", () => "..."),
  refused(
    "one part",
    changed(([head]) => head),
  ),
  refused(
    "four parts",
    changed((parts) => `${parts.join(".")}.AAAA`),
  ),
  refused(
    "five parts, as if encrypted",
    changed(([head, body, signature]) => `${head}..${body}.${signature}.AAAA`),
  ),
  refused(
    "a part empty",
    changed(([head, , signature]) => `${head}..${signature}`),
  ),
  refused(
    "padding",
    changed(([head, body, signature]) => `${head}.${body}.${signature}==`),
  ),
  refused(
    "base64, not base64url",
    changed((parts) => parts.map((each) => Buffer.from(each, "base64url").toString("base64")).join(".")),
  ),
  refused(
    "a word before it",
    changed((parts) => `Bearer-${parts.join(".")}`),
  ),
  refused(
    "as JSON",
    changed(([head, body, signature]) => JSON.stringify({ protected: head, payload: body, signature })),
  ),
  refused("64 KiB, signed by the issuer", (scene) => claims({ x: "x".repeat(48 * 1024) })(scene)),
  refused("64 KiB of dots", () => ".".repeat(64 * 1024)),
  refused("64 KiB of brackets", text("[".repeat(48 * 1024))),
  refused("claims that are a list", text("[]")),
  refused("claims that are a string", text('"alice"')),
  refused("claims that are a number", text("1")),
  refused("claims that are null", text("null")),
  refused("claims that are nothing", text(" ")),
  refused("claims that are no JSON", text("{…")),
  refused("claims with a comment", text("{…/* good */}")),
  refused("claims after a byte order mark", text("\uFEFF{…}")),
  refused("claims that are no UTF-8", text(Buffer.from('{"sub":"\xff"}', "latin1"))),
  refused("sub twice", text('{…,"sub":"id-of-bob"}')),
  refused("sub twice, once with an escape", text('{…,"s\\u0075b":"id-of-bob"}')),
  refused("a name twice within a claim", text('{…,"x":[{"y":1,"y":2}]}')),
  good("a name in each of two objects", text('{…,"x":[{"y":1},{"y":"\\"y\\":"}]}')),
];
