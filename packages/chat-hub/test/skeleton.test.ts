// Which names look like one another.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLimits, nameKey, parseName, skeleton } from "../src/index.js";
import { confusables } from "../src/tables/confusables.js";

test.each([
  ["alice", "aIice", "a capital I for an l"],
  ["alice", "a1ice", "a 1 for an l"],
  ["ALICE", "ALlCE", "an l for a capital I"],
  ["Ian", "lan", "an l for a capital I in front"],
  ["paypal", "PayPaI", "a capital I among others"],
  ["root", "r00t", "a 0 for an o"],
  ["bob", "b0b", "a 0 for an o"],
  ["BOB", "B0B", "a 0 for an O"],
  ["mary", "rnary", "rn for m"],
  ["mary", "Rnary", "rn for m, with a capital"],
  ["will", "vvill", "vv for w"],
  ["wvw", "vvwv", "v and w, however they are put together"],
  ["david", "clavicl", "cl for d"],
  ["dora", "c1ora", "c1 for d"],
  ["ilker", "ılker", "an i without a dot"],
  ["ilker", "i\u0307lker", "an i with a dot too many"],
  ["\u1ecbris", "i\u0323\u0307ris", "a dot too many above one below"],
  ["josé", "jose\u0301\u0301", "an accent that is there twice"],
  ["paypal", "раураӏ", "Cyrillic letters alone"],
  ["system", "ѕуѕтем", "small Cyrillic letters that look like small capitals"],
  ["Koko", "КОКО", "capital Cyrillic letters"],
  ["TOM", "ΤΟΜ", "capital Greek letters"],
  ["ovo", "ονο", "small Greek letters"],
  ["soup", "ѕоսр", "an Armenian letter among others"],
  ["DAVE", "ᎠᎪᏙᎬ", "Cherokee letters"],
  ["admin", "ᴀᴅᴍɪɴ", "small capitals"],
  ["box", "bоx", "one Cyrillic letter among Latin ones"],
  ["lol", "١٥١", "Arabic digits"],
  ["aesop", "æsop", "a ligature"],
  ["علي", "على", "a ya without its dots"],
  ["علي", "علی", "a Persian ya"],
  ["كريم", "کریم", "a Persian kaf and ya"],
  ["ملك", "ملڪ", "a swash kaf"],
  ["مهند", "مہند", "an Urdu ha"],
  ["مهند", "مھند", "a two-eyed ha"],
  ["ليلى", "لیلی", "a ya for an alif"],
  ["力", "カ", "a Katakana ka for a Han power"],
])("%s and %s look alike: %s", (one, other) => {
  expect(skeleton(one)).toBe(skeleton(other));
  expect(nameKey(one)).not.toBe(nameKey(other));
});

test.each([
  ["ali", "all", "a small i is no l"],
  ["Ella", "Elia", "a small i is no l"],
  ["Lucia", "Luda", "a c and an i are no d"],
  ["sara", "sarah", "one is longer"],
  ["jose", "josé", "an accent is seen"],
  ["a.b", "a_b", "a dot is no line"],
  ["a-b", "a_b", "lines of two heights"],
  ["bob1", "bob2", "digits are told apart"],
  ["b00010", "b00100", "digits are told apart, wherever they stand"],
  ["سارة", "ساره", "dots are seen"],
  ["أحمد", "احمد", "a hamza is seen"],
  ["حسن", "حسين", "one is longer"],
  ["حمد", "خمد", "a dot is seen"],
  ["Ольга", "Олега", "letters are told apart"],
  ["李雷", "李磊", "signs are told apart"],
])("%s and %s do not: %s", (one, other) => {
  expect(skeleton(one)).not.toBe(skeleton(other));
});

test("the digits of names that only count are told apart", () => {
  const names = Array.from({ length: 20_000 }, (_, count) => `b${String(count).padStart(5, "0")}`);
  expect(new Set(names.map(skeleton)).size).toBe(names.length);
});

describe("whatever the text", () => {
  const sources = confusables
    .trim()
    .split(/\s+/)
    .flatMap((word) => word.split(":").flatMap((side) => side.split(",")))
    .map((hex) => String.fromCodePoint(...hex.split("+").map((point) => Number.parseInt(point, 16))));
  const letter = fc.oneof(
    fc.constantFrom(...sources),
    fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"),
    fc.constantFrom("\u0301", "\u0307", "\u0323", "ı", "İ", "ς", "Σ", "ß", "ẞ", "K", "å", "김", "ᅵ"),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  const anyText = fc.array(letter, { maxLength: 34 }).map((letters) => letters.join(""));

  test("a skeleton is its own", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(skeleton(skeleton(text))).toBe(skeleton(text));
      }),
      { numRuns: 20_000 },
    );
  });

  test("all spellings of it that Unicode calls equal have one", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const form of ["NFC", "NFD"]) expect(skeleton(text.normalize(form))).toBe(skeleton(text));
      }),
      { numRuns: 10_000 },
    );
  });

  test("the case of a Latin letter does not matter, but for the I, which looks like an l", () => {
    const latin = fc.constantFrom(..."abcdefghjklmnopqrstuvwxyzABCDEFGHJKLMNOPQRSTUVWXYZ0123456789_.-éÉßşŞ");
    fc.assert(
      fc.property(fc.array(latin, { maxLength: 32 }), (letters) => {
        const text = letters.join("");
        for (const same of [text.toLowerCase(), Array.from(text, upper).join("")])
          expect(skeleton(same)).toBe(skeleton(text));
      }),
      { numRuns: 5_000 },
    );
  });

  test("every name looks like something", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = parseName(text, defaultLimits);
        if (name.ok) expect(skeleton(name.value.spelling)).not.toBe("");
      }),
      { numRuns: 5_000 },
    );
  });
});

/** One letter for one letter. */
function upper(letter: string): string {
  const large = letter.toUpperCase();
  return large.length === 1 ? large : letter;
}
