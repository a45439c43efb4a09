// FAULTS 30: every text field of every command, each of a corpus of hostile texts in it. It is kept and told as it
// came, or refused in words of the documents; what a refusal quotes is cut short, and the connection goes on.

import type { CommandType, NameKey } from "chat-hub";
import { commands, refusals } from "chat-hub";
import { expect, test } from "vitest";
import { corpus } from "../page/corpus.js";
import { openHouse } from "../support/house.js";
import type { Frame } from "../support/talker.js";

const split = ["\u001b", "]0;owned\u0007", "\u009b", "2J", "\u001bP+q544e\u001b\\", "a\u0000b", "\ud83d"];
const texts = [...corpus, ...split];
/** They would end the connection, or begin it anew. */
const notHere: readonly string[] = ["login", "register", "end_session", "set_password", "refresh"];

function fieldsOf(type: CommandType): readonly [field: string, frame: (text: string) => object][] {
  const { payload = {} } = JSON.parse(commands[type].example) as { payload?: Record<string, unknown> };
  const told = { ...payload, nonce: "nonce-0123456789", reason: "why" };
  const named = Object.entries(told).filter(([, value]) => typeof value === "string");
  return named.map(([field]) => [
    field,
    (text) => ({ type, id: `${type}.${field}`, payload: { ...payload, [field]: text } }),
  ]);
}

const types = (Object.keys(commands) as CommandType[]).filter((type) => !notHere.includes(type));

test("every text field takes it as it is, or refuses it in a word that there is", async () => {
  const house = await openHouse({ limits: { rates: undefined } });
  const mallory = await house.events("mallory", "&token=mallory-has-a-long-secret");
  const order = { type: "role", who: "mallory" as NameKey, role: "admin" } as const;
  expect(await house.orders(order)).toEqual({ ok: true });
  const wrong: string[] = [];
  let [taken, refused] = [0, 0];
  for (const type of types)
    for (const [field, frame] of fieldsOf(type)) {
      for (const text of texts) mallory.says(JSON.stringify(frame(text)));
      for (const text of texts) {
        const answer = await answerTo(`${type}.${field}`);
        const { code } = answer["payload"] as { code?: string };
        if (answer["type"] !== "error") taken += 1;
        else refused += 1;
        if (code === undefined) continue;
        const { length } = JSON.stringify(answer);
        if (!(code in refusals) || code === "unavailable" || length > 2_000)
          wrong.push(`${type}.${field} ${JSON.stringify(text).slice(0, 60)}: ${code}, ${length} bytes`);
      }
    }
  expect(wrong).toEqual([]);
  expect(taken).toBeGreaterThan(1_000);
  expect(refused).toBeGreaterThan(5_000);
  mallory.says('{"type":"ping","id":"still here"}');
  expect(await answerTo("still here")).toMatchObject({ type: "ping" });

  async function answerTo(id: string): Promise<Frame> {
    for (;;) {
      const heard = await mallory.next();
      if (heard["id"] === id) return heard;
    }
  }
});
