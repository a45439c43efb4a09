// Valid sessions over every command of both dialects, drawn by chance from the examples that the table
// of commands has: a command that is new there is in here by itself.

import { commands } from "chat-hub";
import { doorFor } from "../../conformance/person.ts";
import type { Chance } from "../../support/chance.ts";
import { between, oneOf } from "../../support/chance.ts";
import type { Move } from "../session.ts";
import { open, say } from "../session.ts";

const examples: readonly string[] = Object.values(commands).map(({ example }) => example);
const lines: readonly string[] = [
  '{"message":"hi","target":""}',
  '{"message":"hi","target":"bob","id":1}',
  '{"message":"hi","target":"@alice","nonce":"0123456789abcdef"}',
  '{"message":"hi @bob","target":"#dev","id":"x"}',
  "help",
];

/** Three people in a room of their own, who do one thing after another. */
export function sessionOfCommands(chance: Chance, run: string): readonly Move[] {
  const here = (text: string): string =>
    text.replace(/\b(alice|bob|sara|dev)\b/g, (name) => `${name === "sara" ? "carl" : name}-${run}`);
  const enters = (name: string, how: string): Move => open(name, doorFor(`${name}-${run}`, how, "").path);
  const isKept = chance() < 0.7 ? " token" : "";
  const begin: readonly Move[] = [
    enters("alice", "events token"),
    enters("bob", `events${isKept}`),
    enters("carl", `simple${isKept}`),
    say("alice", here('{"type":"create_room","id":1,"payload":{"conversation":"#dev"}}')),
    say("bob", here('{"type":"join_room","id":1,"payload":{"conversation":"#dev"}}')),
    ...["alice", "bob"].flatMap((who) => [
      say(who, here('{"type":"send_message","id":2,"payload":{"message":"one","conversation":"#dev"}}')),
      say(who, here(`{"type":"private_message","id":3,"payload":{"message":"two","to":"carl-${run}"}}`)),
    ]),
  ];
  const deeds = Array.from({ length: between(chance, 8, 30) }, (): Move => {
    const who = oneOf(chance, ["alice", "bob", "carl"]) as string;
    const line = oneOf(chance, who === "carl" ? lines : examples) as string;
    return say(who, here(line));
  });
  return [...begin, ...deeds];
}
