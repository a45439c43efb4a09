// What a name looks like: two names that people take for one another have one skeleton. Only those who
// let people in import it, since the table is large.

import { confusables } from "../tables/confusables.js";

/**
 * What a spelling looks like, after the skeletons of UTS #39; only to be compared with others, never to be shown.
 * A skeleton is its own skeleton; NFC and NFD have one. It is made of what is seen, so of the spelling, not of its
 * key: a capital I looks like a small l, a small i does not (else nobody could be called Ali beside all, or Ella
 * beside Elia). `m` counts as `rn`, `w` as `vv`, `d` as `cl`, 0 as o, 1 as l. Apart from such capitals, case
 * does not matter. A mark that is there twice is seen once; a dot on an i is not seen at all.
 */
export function skeleton(spelling: string): string {
  let looks = "";
  if (isAscii.test(spelling)) {
    for (let index = 0; index < spelling.length; index += 1) looks += ascii[spelling.charCodeAt(index)];
    return looks;
  }
  for (const char of spelling.normalize("NFD")) looks += look(char);
  return looks.normalize("NFD").replace(dotOnDot, "").replace(markTwice, "$1");
}

const isAscii = /^[\x00-\x7f]*$/;
const dotOnDot = /(?<=\p{Soft_Dotted}\p{M}*)\u0307/gu;
const markTwice = /(\p{M})\1+/gu;

const table = new Map<string, string>();
for (const word of confusables.trim().split(/\s+/)) {
  const [target = "", sources = ""] = word.split(":");
  const looks = spelled(target);
  for (const source of sources.split(",")) table.set(spelled(source), looks);
}

const ascii = Array.from({ length: 128 }, (_, code) => look(String.fromCharCode(code)));

function look(char: string): string {
  const known = table.get(char);
  if (known !== undefined) return known;
  const small = char.toLowerCase();
  return table.get(small) ?? small;
}

function spelled(hex: string): string {
  return String.fromCodePoint(...hex.split("+").map((point) => Number.parseInt(point, 16)));
}
