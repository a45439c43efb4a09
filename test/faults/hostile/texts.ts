// Fault 30: texts that would do harm elsewhere, in every field that takes text. The server keeps them and
// tells them exactly as they came, or refuses them. (That they are inert in the terminal and in the page
// is held by test/terminal, packages/chat-cli/test and test/page/hostile.test.ts.)

import { corpus } from "../../page/corpus.ts";
import type { Fault } from "../fault.ts";
import type { Server } from "../load/server.ts";
import type { Visitor } from "../load/visitor.ts";
import { visitKept } from "../load/visitor.ts";
import { timesOf, whileUsersChat } from "./company.ts";

const more: readonly string[] = [
  ...[
    "\u001b]0;title\u0007",
    "\u001b]8;;http://evil.example\u0007x\u001b]8;;\u0007",
    "\u001b]52;c;aGk=\u0007",
  ],
  ...[
    "\u001b]50;x\u0007",
    "\u001bP+q544e\u001b\\",
    "\u001b[6n",
    "\u009b31m",
    "\u001b",
    "[31m",
    "\u001b[2J\u001b[H",
  ],
  ...[
    "a\rb",
    "a\r\nb",
    "a\bb",
    `a${"\u0301".repeat(9_999)}`,
    "\u202e",
    "\u2028",
    "\u{e0041}",
    "\ufffe",
    '{"type":"ping"}',
  ],
];
const texts: readonly string[] = [...new Set([...corpus, ...more])];
/** Codes that a text may be refused with. */
const refusals = new Set(["malformed", "empty_message", "too_long"]);

export const hostileTexts: Fault = {
  number: 30,
  name: "texts that do harm elsewhere, in every field: escapes, markup, scripts, bidi, 9,999 accents",
  seconds: 8,
  run: (_seed, size) =>
    whileUsersChat(size, ["--limits", "off"], async (server) => {
      const broken: string[] = [];
      const times = timesOf(size, { short: 1, long: 5 });
      let kept = 0;
      for (const time of times) kept += await sayAll(server, `t${time}`, broken);
      const injected = `${(times.length * texts.length).toLocaleString("en")} texts, each in 4 fields`;
      return {
        injected,
        broken,
        notes: [`${kept.toLocaleString("en")} were kept and told as they came, the others refused`],
      };
    }),
};

async function sayAll({ url }: Server, run: string, broken: string[]): Promise<number> {
  const writer = await visitKept(url, `writer-${run}`);
  const reader = await visitKept(url, `reader-${run}`);
  const conversation = `#texts-${run}`;
  await writer.does("create_room", { conversation });
  await reader.does("join_room", { conversation });
  const said: string[] = [];
  for (const message of texts) {
    const code = await writer.tries("send_message", { conversation, message });
    if (code === "ack") said.push(message);
    else if (!refusals.has(code)) broken.push(`${shown(message)} is ${code}`);
    await shortTexts(writer, conversation, message, broken);
  }
  const page = await messagesOf(reader, conversation);
  const pushed = reader.heard.flatMap((text) => messageIn(text, conversation));
  for (const [index, message] of said.entries()) {
    if (page[index] !== message) broken.push(`history has ${shown(page[index])} for ${shown(message)}`);
    if (pushed[index] !== message) broken.push(`${shown(message)} was heard as ${shown(pushed[index])}`);
  }
  if (page.length !== said.length) broken.push(`${said.length} were acked, ${page.length} are in history`);
  for (const visitor of [writer, reader]) visitor.breaks();
  return said.length;
}

/** As a topic, as a status, and as what is searched for. */
async function shortTexts(
  writer: Visitor,
  conversation: string,
  text: string,
  broken: string[],
): Promise<void> {
  const codes = await Promise.all([
    writer.tries("set_topic", { conversation, topic: text }),
    writer.tries("set_status", { text }),
    writer.tries("search", { query: text }),
  ]);
  const may = new Set([...refusals, "ack", "search", "bad_query"]);
  for (const code of codes) if (!may.has(code)) broken.push(`${shown(text)} as a short text is ${code}`);
}

async function messagesOf(reader: Visitor, conversation: string): Promise<readonly string[]> {
  const all: string[] = [];
  for (let after = 0, isMore = true; isMore; ) {
    const page = await reader.does("history", { conversation, after, limit: 1_000 });
    const messages = page["messages"] as { message: string; seq: number }[];
    all.push(...messages.map(({ message }) => message));
    after = messages.at(-1)?.seq ?? after;
    isMore = page["more"] === true;
  }
  return all;
}

function messageIn(text: string, conversation: string): readonly string[] {
  if (!text.startsWith('{"type":"new_message"')) return [];
  const { payload } = JSON.parse(text) as { payload: { conversation: string; message: string } };
  return payload.conversation === conversation ? [payload.message] : [];
}

function shown(text: string | undefined): string {
  return JSON.stringify(text ?? "nothing").slice(0, 80);
}
