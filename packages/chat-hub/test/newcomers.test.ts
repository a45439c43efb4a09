// Which names nobody new is given: mixed scripts, and what looks like a reserved name.

import { expect, test } from "vitest";
import { defaultLimits, objection, parseName } from "../src/index.js";

/** Why nobody new is called so; nothing if they may be. */
function judged(text: string): string | undefined {
  const name = parseName(text, defaultLimits);
  return name.ok ? objection(name.value) : `no name: ${name.fault}`;
}

test.each([
  ...["alice", "José", "Nguyễn", "Øyvind", "Łukasz", "İlker", "a_b.c-d", "7of9", "42"],
  ...["سارة", "سَارَة", "سارة_2", "محمد٢", "علی", "שָׂרָה", "רותי7"],
  ...["Ольга", "Ђорђе", "Νίκος", "Արամ", "გიორგი", "ᏣᎳᎩ"],
  ...["李雷", "李雷2", "田中さん", "ケンジ", "スーパー", "山ノ内", "김철수", "金민수", "ㄅㄆ小明"],
  ...["नमस्ते", "राम२", "রহিম", "ขนิษฐา", "ሰላም", "தமிழ்", "ᚠᚢᚦ"],
  ...["ALI", "Ali", "Elia", "Hera", "Mel", "Alla", "routine"],
])("%s is welcome", (name) => {
  expect(judged(name)).toBeUndefined();
});

test.each([
  ["аdmin", "mixes Cyrillic and Latin"],
  ["bоb", "mixes Latin and Cyrillic"],
  ["Aλex", "mixes Latin and Greek"],
  ["saraسارة", "mixes Latin and Arabic"],
  ["sara٢", "mixes Latin and Arabic"],
  ["سارةא", "mixes Arabic and Hebrew"],
  ["田中Ken", "mixes Han and Latin"],
  ["김Chris", "mixes Korean and Latin"],
  ["さ김", "mixes Japanese and Korean"],
  ["ㄅさ", "mixes Bopomofo and Japanese"],
  ["рiᚠ", "mixes Cyrillic and Latin and another"],
  ["ѕуѕтеmĸ", "mixes Cyrillic and Latin"],
  ["राম", "mixes Devanagari and Bengali"],
  ["سارة2٢", "digits of one kind"],
  ["علی٢۲", "digits of one kind"],
  ["2سارة", "begins with a letter"],
  ["٢سارة", "begins with a letter"],
  ["7רותי", "begins with a letter"],
])("%s is not: %s", (name, why) => {
  expect(judged(name)).toContain(why);
});

test.each([
  ["adrnin", "admin"],
  ["Adrnin", "admin"],
  ["adm1n", "admin"],
  ["ADM1N", "admin"],
  ["ADMlN", "admin"],
  ["aclmin", "admin"],
  ["admın", "admin"],
  ["ᴀᴅᴍɪɴ", "admin"],
  ["ѕуѕтем", "system"],
  ["systern", "system"],
  ["ѕеrvеr", "mixes"],
  ["r00t", "root"],
  ["RO0T", "root"],
  ["a1l", "all"],
  ["AlI", "all"],
  ["heIp", "help"],
  ["ме", "me"],
  ["nu11", "null"],
  ["undefinecl", "undefined"],
])("%s looks like %s, or is refused before", (name, why) => {
  expect(judged(name)).toContain(why);
});
