import { expect, test } from "vitest";
import { conversationAt, hashOf } from "../src/state/route.js";

test("an address leads back to the conversation it was made for", () => {
  for (const conversation of ["everyone", "@bob", "@سارة", "@bob~1", "@a%b#c", "#dev", "#تصميم"]) {
    expect(conversationAt(hashOf(conversation))).toBe(conversation);
  }
});

test("an address that a person or a stranger made leads somewhere that exists", () => {
  expect(conversationAt("#@Bob")).toBe("@bob");
  expect(conversationAt("##Dev")).toBe("#dev");
  for (const hash of ["", "#", "#@", "#bob", "##", "#%", "#javascript:alert(1)"])
    expect(conversationAt(hash)).toBe("everyone");
});
