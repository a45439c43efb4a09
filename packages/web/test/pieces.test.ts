import { expect, test } from "vitest";
import { pieces } from "../src/words/pieces.js";

const links = (message: string): string[] =>
  pieces(message)
    .filter(({ kind }) => kind === "link")
    .map(({ text }) => text);

test("http and https addresses become links, and the text around them stays as it is", () => {
  expect(pieces("see https://example.org/a?b=c#d and http://example.org!")).toEqual([
    { kind: "text", text: "see " },
    { kind: "link", text: "https://example.org/a?b=c#d" },
    { kind: "text", text: " and " },
    { kind: "link", text: "http://example.org" },
    { kind: "text", text: "!" },
  ]);
});

test("no other scheme becomes a link, however it is spelled", () => {
  const hostile = [
    "javascript:alert(1)",
    "JaVaScRiPt://example.org/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox",
    "file:///etc/passwd",
    "//example.org",
    "www.example.org",
    "https:example.org",
    "https://",
    "http://[",
  ];
  for (const message of hostile) expect(links(message), message).toEqual([]);
});

test("an address that pretends to be another one stays text", () => {
  expect(links("https://bank.example@evil.example/")).toEqual([]);
  expect(links("https://user:secret@evil.example/")).toEqual([]);
  // A right-to-left override would turn the rest of the address around.
  expect(links("https://example.org/\u202Egnp.exe")).toEqual(["https://example.org/"]);
  expect(links("https://exam\u200Bple.org/")).toEqual(["https://exam"]);
});

test("punctuation after an address belongs to the sentence, a bracket that it opened to the address", () => {
  expect(links("(https://example.org/a_(b)), https://example.org/c.")).toEqual([
    "https://example.org/a_(b)",
    "https://example.org/c",
  ]);
  expect(links("انظر https://example.org/x، من فضلك")).toEqual(["https://example.org/x"]);
});

test("the pieces put together are the message, whatever it is", () => {
  const messages = [
    "",
    " ",
    "https://a.b",
    "x https://a.b. y\nhttps://c.d/é漢字",
    "https://https://a.b",
    "<b>&amp;</b>",
  ];
  for (const message of messages) {
    expect(
      pieces(message)
        .map(({ text }) => text)
        .join(""),
    ).toBe(message);
  }
});

test("a message of nothing but beginnings of addresses is read in time", () => {
  const started = performance.now();
  pieces("http://".repeat(1_400));
  pieces(`https://example.org/${")".repeat(9_900)}`);
  expect(performance.now() - started).toBeLessThan(1_000);
});
