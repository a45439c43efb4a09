// A process to be killed. It appends to a data directory without end, and prints the nonce and the seq
// of each append as soon as it is answered.

import { writeSync } from "node:fs";
import type { Append, ConnectionId, Identify, NameKey, StoreAnswer, UserId, WallMillis } from "chat-hub";
import { defaultLimits } from "chat-hub";
import { openSqlite } from "../dist/stores/sqlite.js";

const [, , directory = "", run = ""] = process.argv;
const inFlight = 200;
let author: UserId | undefined;
let appends = 0;

const store = openSqlite<string>({
  directory,
  nameHoldMs: 0,
  limits: defaultLimits.store,
  everyoneHistory: "all",
  answer: answered,
  failed: (reason) => fail(reason),
});
const at = Date.now() as WallMillis;
const name = "ada";
const token = "ada-has-a-long-secret";
store.ask("", { type: "identify", key: name as NameKey, name, token, at } satisfies Identify);

function answered(nonce: string, answer: StoreAnswer): void {
  if (!answer.ok) throw new Error(answer.code);
  if ("user" in answer) {
    author = answer.user;
    for (let n = 0; n < inFlight; n++) append(author);
  } else if ("seq" in answer && author !== undefined) {
    writeSync(1, `${nonce} ${answer.seq}\n`);
    append(author);
  }
}

function append(author: UserId): void {
  appends += 1;
  const nonce = `run-${run}-append-${String(appends).padStart(9, "0")}`;
  const origin = 1 as ConnectionId;
  const to = { kind: "everyone" } as const;
  const act = { type: "message", message: nonce } as const;
  store.ask(nonce, { type: "append", author, to, act, nonce, origin, at } satisfies Append);
}

function fail(reason: Error): never {
  throw reason;
}
