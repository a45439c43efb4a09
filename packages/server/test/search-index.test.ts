// The tokens of chat-hub in a real full text index: each comes out as it went in, and is found.

import Database from "better-sqlite3";
import { searchTokens } from "chat-hub";
import { describe, expect, test } from "vitest";

const messages = [
  "Don't PANIC: deploy at 14:30, see https://example.org/a-b.pdf?x=1",
  "إلى المَدْرَسَةِ ٢٠٢٦ يا أحمد، ســـلام",
  "我在北京。2026年 𠮷野家 ㍿",
  "東京へ行くラーメン ｶﾞｽ",
  "우리학교에서 ㅋㅋㅋ ㅠㅠ",
  "กินข้าวแล้ว",
  "ສະບາຍດີ សួស្តី",
  "में मैं किताब ३ தமிழ்",
  "İstanbul ISPARTA ısparta",
  "Straße Łódź ﬁsh Ⅳ ½ ẞ ǅ",
  "мой Ёлка їжак ΣΊΣΥΦΟΣ",
  "👍🏽 ok 👩‍👩‍👧 1️⃣ 🇫🇷",
  "and or not near AND OR NOT NEAR",
];

describe.each(["ascii", "unicode61 remove_diacritics 0"])("an index with the tokenizer %s", (tokenizer) => {
  const database = new Database(":memory:");
  database.exec(
    `create virtual table found using fts5(tokens, content = '', tokenize = "${tokenizer}");
     create virtual table kept using fts5vocab(found, 'row');`,
  );
  const add = database.prepare("insert into found (rowid, tokens) values (?, ?)");
  for (const [row, message] of messages.entries()) add.run(row, searchTokens(message).join(" "));
  const find = database.prepare("select rowid from found where found match ?").pluck();

  test("finds a message by each of its tokens and by all of them as a phrase", () => {
    for (const [row, message] of messages.entries()) {
      const tokens = searchTokens(message);
      for (const phrase of [...tokens, tokens.join(" ")])
        expect(find.all(`"${phrase}"`), phrase).toContain(row);
    }
  });

  test("finds by the beginning of a token", () => {
    expect(find.all('"من" * OR "المد" *')).toEqual([1]);
    expect(find.all('"see htt" *')).toEqual([0]);
  });

  test("keeps tokens as they are; unicode61 breaks them where a vowel is a mark", () => {
    const kept = database.prepare("select term from kept").pluck().all();
    const tokens = new Set(messages.flatMap(searchTokens));
    const whole = [...tokens].filter((token) => tokenizer === "ascii" || !/\p{M}/u.test(token));
    expect(kept).toEqual(expect.arrayContaining(whole));
    if (tokenizer === "ascii") expect(new Set(kept)).toEqual(tokens);
  });
});

test("with the tokenizer ascii every letter that there is stays as it is", () => {
  const database = new Database(":memory:");
  database.exec(
    `create virtual table found using fts5(tokens, content = '', tokenize = 'ascii');
     create virtual table kept using fts5vocab(found, 'row');`,
  );
  const tokens = new Set<string>();
  for (let point = 0; point < 0x110000; point += 1) {
    for (const token of searchTokens(String.fromCodePoint(point))) tokens.add(token);
  }
  database.prepare("insert into found (rowid, tokens) values (1, ?)").run([...tokens].join(" "));
  expect(tokens.size).toBeGreaterThan(100_000);
  expect(new Set(database.prepare("select term from kept").pluck().all())).toEqual(tokens);
});
