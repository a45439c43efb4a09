// Writes src/tables/confusables.ts from Unicode's confusables.txt, which is not kept here (750 kB):
//
//   node packages/chat-hub/confusables.js confusables.txt
//
// The file of a version is https://www.unicode.org/Public/VERSION/security/confusables.txt. Of its rows only
// those are taken whose source can stand in a name, each followed to its end: through the rows of our own below,
// through lower case, and through the rows again. So a look-up at run time is one step, and a skeleton is its own.
import { readFileSync, writeFileSync } from "node:fs";

const [, , file] = process.argv;
if (file === undefined) {
  console.error("node packages/chat-hub/confusables.js confusables.txt");
  process.exit(2);
}
const text = readFileSync(file, "utf8");
const version = /^# Version: (\S+)$/m.exec(text)?.[1];
const date = /^# Date: (\d{4})-\d\d-\d\d/m.exec(text)?.[1];
const total = /^# total: (\d+)$/m.exec(text)?.[1];

/** What Unicode has not: two letters that run together, and what looks like a letter made larger or smaller. */
const ours = [
  ["w", "vv"],
  ["d", "cl"],
  ..."ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ĸk ʟl ᴍm ɴn ᴏo ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ʍm ƅb"
    .split(" ")
    .map((pair) => [...pair]),
];

const rows = new Map();
for (const line of text.split("\n")) {
  const row = /^\uFEFF?([0-9A-F]+) ;\t([0-9A-F ]+) ;\tMA/.exec(line);
  if (row === null) continue;
  const [source, target] = [row[1], row[2]].map((hex) =>
    String.fromCodePoint(
      ...hex
        .trim()
        .split(" ")
        .map((each) => Number.parseInt(each, 16)),
    ),
  );
  rows.set(source, target);
}
if (version === undefined || rows.size !== Number(total)) {
  console.error(`${file} is no confusables.txt, or not all of it: ${rows.size} rows of ${total}`);
  process.exit(1);
}
for (const [source, target] of ours) rows.set(source, target);

const each = (string, change) => Array.from(string, change).join("");
const lower = (string) => each(string, (char) => char.toLowerCase());

/** Where a string ends up. */
function end(string) {
  for (let turn = 0, from = string; turn < 20; turn += 1) {
    const seen = each(from.normalize("NFD"), (char) => rows.get(char) ?? char);
    const to = lower(seen.normalize("NFD")).normalize("NFD");
    if (to === from) return to;
    from = to;
  }
  throw new Error(`${string} goes round in a circle`);
}

const isNamed = (char) =>
  /^[\p{L}\p{Nd}\p{M}_.-]$/u.test(char) && !/\p{Default_Ignorable_Code_Point}/u.test(char);
const groups = new Map();
let sources = 0;
for (const source of rows.keys()) {
  if (!isNamed(source) || source.normalize("NFD") !== source || source.normalize("NFKC") !== source) continue;
  const target = end(source);
  const small = lower(source);
  if (target === source || (small !== source && end(small) === target)) continue;
  groups.set(target, [...(groups.get(target) ?? []), source]);
  sources += 1;
}

const hex = (string) => Array.from(string, (char) => char.codePointAt(0).toString(16)).join("+");
const words = [...groups].map(([target, alike]) => `${hex(target)}:${alike.map(hex).join(",")}`);
const lines = [""];
for (const word of words) {
  if (lines.at(-1).length + word.length > 108) lines.push("");
  lines[lines.length - 1] += lines.at(-1) === "" ? word : ` ${word}`;
}

writeFileSync(
  new URL("src/tables/confusables.ts", import.meta.url),
  `// Which letters, marks and digits look like others: ${sources} code points with what they are taken for.
// Made by ../../confusables.js; not changed by hand.

/**
 * Words of \`TARGET:SOURCE,SOURCE\`, code points in hexadecimal, several of a target joined by \`+\`.
 *
 * Derived from confusables.txt, version ${version}, of Unicode Technical Standard #39, Unicode Security Mechanisms
 * (https://www.unicode.org/Public/${version}/security/confusables.txt), with some rows of our own.
 * Copyright © 1991-${date} Unicode, Inc. Distributed under the Unicode License v3
 * (https://www.unicode.org/license.txt), which permits use, copying and changing of the file while this notice is
 * kept with it. It comes without warranty of any kind.
 */
export const confusables = \`
${lines.join("\n")}
\`;
`,
);
console.log(
  `Unicode ${version}: ${sources} of ${rows.size} rows, ${groups.size} targets, ${lines.length} lines`,
);
