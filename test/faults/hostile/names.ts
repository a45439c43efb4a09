// Fault 29: names that look like others, or like nothing, or that turn the line around, are refused; the
// names of the world are welcome, and come back as they were given.

import type { Fault } from "../fault.ts";
import { visit } from "../load/visitor.ts";
import { timesOf, whileUsersChat } from "./company.ts";

const refused: readonly string[] = [
  ...[
    "",
    " ",
    "a b",
    "a\tb",
    "a\u0000b",
    "a\nb",
    "a\r\nb",
    "\u001b[31m",
    "a/b",
    "a~1",
    "@a",
    "#a",
    ".a",
    "a.",
    "a-",
  ],
  ...[
    "admin",
    "ADMIN",
    "server",
    "system",
    "everyone",
    "null",
    "undefined",
    "root",
    "me",
    "all",
    "here",
    "help",
  ],
  ...[
    "ａｄｍｉｎ",
    "①",
    "ﬁn",
    "ad\u200bmin",
    "ad\u00admin",
    "\u202enimda",
    "a\u2066b",
    "a\ufe0fb",
    "a\u3164b",
    "\ufeffa",
  ],
  ...[
    "<script>",
    "a'b",
    'a"b',
    "a&b",
    "%41",
    "😀",
    "a😀",
    "x".repeat(33),
    "é".repeat(33),
    "ﷺ",
    "\u0301",
    "a\ud800",
  ],
  ...["аdmin", "bоb", "Aλex", "saraسارة", "田中Ken", "김Chris", "राম", "سارة2٢", "2سارة", "sara٢"],
  ...["adrnin", "ADMlN", "ᴀᴅᴍɪɴ", "ѕуѕтем", "systern", "r00t", "AlI", "heIp", "nu11", "undefinecl"],
];

/** Of each, whoever comes second is told whom they look like, as long as the first is there. */
const alike: readonly (readonly [string, string])[] = [
  ["alice", "aIice"],
  ["Mary", "rnary"],
  ["b0b", "bob"],
  ["coco", "сосо"],
  ["Ian", "lan"],
  ["علي", "على"],
  ["josé", "jose\u0301\u0301"],
];

const welcome: readonly string[] = [
  ...[
    "سارة",
    "محمد",
    "李雷",
    "Ольга",
    "Ἀλέξανδρος",
    "josé",
    "अमित",
    "さくら",
    "김철수",
    "שרה",
    "żółw",
    "Ångström",
  ],
  ...[
    "rn",
    "m",
    "O0",
    "l1I",
    "a_b",
    "a.b",
    "a-b",
    "x".repeat(32),
    "7",
    "constructor",
    "toString",
    "hasOwnProperty",
  ],
];

export const names: Fault = {
  number: 29,
  name: "names that look like others, are invisible or turn the line around; names of the world are welcome",
  seconds: 8,
  run: (_seed, size) =>
    whileUsersChat(size, ["--limits", "off"], async ({ url }) => {
      const broken: string[] = [];
      const times = timesOf(size, { short: 1, long: 20 });
      for (const _ of times) {
        for (const name of refused) await tries(url, name, false, broken);
        for (const name of welcome) await tries(url, name, true, broken);
        for (const [name, other] of alike) {
          const holder = await visit(url, { username: name });
          await tries(url, other, false, broken, "looks_alike");
          await holder.leaves();
          await tries(url, other, true, broken);
        }
      }
      const injected = `${(times.length * refused.length).toLocaleString("en")} logins under ${refused.length} bad names`;
      const notes = [
        `${welcome.length} names of the world were welcome each time`,
        `${alike.length} names were refused for as long as somebody had one that looks like it`,
      ];
      return { injected, broken, notes };
    }),
};

/** By the URL and by `login`; a name that is let in is heard by others as it was given. */
async function tries(
  url: string,
  username: string,
  isWelcome: boolean,
  broken: string[],
  refusal = "bad_name",
): Promise<void> {
  const silent = await visit(url);
  const answer = await silent.ask("login", { username });
  const code = answer.type === "error" ? answer.payload["code"] : answer.type;
  if (isWelcome && answer.payload["username"] !== username.normalize("NFC"))
    broken.push(
      `${JSON.stringify(username)} is called ${JSON.stringify(answer.payload["username"] ?? code)}`,
    );
  if (!isWelcome && code !== refusal && code !== "malformed")
    broken.push(`${JSON.stringify(username)} is ${String(code)}`);
  if (answer.type === "welcome") await silent.leaves();
  else silent.breaks();
  if (isWelcome) return;
  const byUrl = await visit(url, { username });
  if (byUrl.heard.some((text) => text.startsWith('{"type":"welcome"')))
    broken.push(`${JSON.stringify(username)} is let in by the URL`);
  byUrl.breaks();
}
