// What the threads of the store say to each other. Messages and pages are packed field by field, since
// they are the load; everything else is rare and goes as JSON. What is absent is packed as 0 or as
// the empty string: no seq, holder or nonce has that value.

import type {
  Address,
  Append,
  Appended,
  ConnectionId,
  ConversationId,
  Entry,
  LoggedMessage,
  MessageAct,
  NameKey,
  Page,
  Place,
  Seq,
  Skipped,
  StoreAnswer,
  StoreCall,
  UserId,
  WallMillis,
} from "chat-hub";
import { entryFrom } from "../entry.js";
import type { StoreOrders } from "./books.js";
import type { Pack, Packer } from "./pack.js";
import { Unpacker } from "./pack.js";

/** What a worker is started with. */
export interface WorkerOrders extends StoreOrders {
  readonly file: string;
}

/** To a worker: calls, or that no more will come. */
export type ToWorker = Pack | "close";

export type FromWorker =
  /**
   * The answers to one pack of calls, in their order. `newest` is the id of the newest entry: for the
   * writer the newest that is committed, for the reader the newest that a page in the pack may show.
   */
  | { readonly type: "answers"; readonly pack: Pack; readonly newest: number }
  | { readonly type: "warning"; readonly line: string }
  | { readonly type: "failed"; readonly reason: string };

const form = { json: 0, append: 1, appended: 1, page: 2 } as const;
const addressKinds = ["everyone", "private", "room"] as const satisfies readonly Address["kind"][];

export function packCall(to: Packer, call: StoreCall): void {
  if (call.type === "append" && call.act.type === "message" && call.admin !== true)
    return packMessage(to, call, call.act);
  to.number(form.json);
  to.string(JSON.stringify(call));
}

export function unpackCalls(pack: Pack): StoreCall[] {
  const from = new Unpacker(pack);
  const calls: StoreCall[] = [];
  while (!from.isEmpty) {
    calls.push(from.number() === form.append ? unpackMessage(from) : JSON.parse(from.string()));
  }
  return calls;
}

export function packAnswer(to: Packer, answer: StoreAnswer): void {
  if ("seq" in answer && isPlain(answer)) return packAppended(to, answer);
  if ("entries" in answer) return packPage(to, answer);
  to.number(form.json);
  to.string(JSON.stringify(answer));
}

function isPlain({ entry, facts, unchanged }: Appended): boolean {
  return entry === undefined && facts === undefined && unchanged === undefined;
}

export function unpackAnswer(from: Unpacker): StoreAnswer {
  switch (from.number()) {
    case form.appended:
      return unpackAppended(from);
    case form.page:
      return unpackPage(from);
    default:
      return JSON.parse(from.string());
  }
}

function packMessage(to: Packer, call: Append, { message, replyTo, mentions }: MessageAct): void {
  to.number(form.append);
  to.number(call.author);
  packAddress(to, call.to);
  to.string(message);
  to.number(replyTo ?? 0);
  to.string(mentions === undefined ? "" : JSON.stringify(mentions));
  to.string(call.nonce ?? "");
  to.number(call.origin);
  to.number(call.at);
}

function unpackMessage(from: Unpacker): Append {
  const author = from.number() as UserId;
  const to = unpackAddress(from);
  const message = from.string();
  const act: { -readonly [Field in keyof MessageAct]: MessageAct[Field] } = { type: "message", message };
  const replyTo = from.number() as Seq;
  if (replyTo !== 0) act.replyTo = replyTo;
  const mentions = from.string();
  if (mentions !== "") act.mentions = JSON.parse(mentions);
  const nonce = from.string();
  const origin = from.number() as ConnectionId;
  const at = from.number() as WallMillis;
  const append = { type: "append", author, to, act, origin, at } as const;
  return nonce === "" ? append : { ...append, nonce };
}

function packAddress(to: Packer, address: Address): void {
  to.number(addressKinds.indexOf(address.kind));
  if (address.kind === "everyone") return;
  to.string(address.key);
  to.number(address.kind === "private" ? (address.holder ?? 0) : 0);
}

function unpackAddress(from: Unpacker): Address {
  const kind = addressKinds[from.number()] ?? "everyone";
  if (kind === "everyone") return { kind };
  const key = from.string() as NameKey;
  const holder = from.number();
  return kind === "private" && holder !== 0 ? { kind, key, holder } : { kind, key };
}

function packAppended(to: Packer, answer: Appended): void {
  to.number(form.appended);
  packPlace(to, answer);
  to.number(answer.seq);
  to.number(answer.at);
  to.number(answer.duplicate ? 1 : 0);
}

function unpackAppended(from: Unpacker): Appended {
  const place = unpackPlace(from);
  const seq = from.number() as Seq;
  const at = from.number() as WallMillis;
  const duplicate = from.number() === 1;
  const { conversation, peer, room } = place;
  if (peer !== undefined) return { ok: true, conversation, peer, seq, at, duplicate };
  if (room !== undefined) return { ok: true, conversation, room, seq, at, duplicate };
  return { ok: true, conversation, seq, at, duplicate };
}

/** A name may be kept for long, so it goes as JSON: parsed strings hold on to nothing but themselves. */
function packPlace(to: Packer, { conversation, peer, room }: Place): void {
  to.number(conversation);
  if (peer === undefined && room === undefined) to.string("");
  else to.string(JSON.stringify(peer === undefined ? { room } : { peer }));
}

function unpackPlace(from: Unpacker): Place {
  const conversation = from.number() as ConversationId;
  const named = from.string();
  return named === "" ? { conversation } : { conversation, ...JSON.parse(named) };
}

function packPage(to: Packer, page: Page): void {
  to.number(form.page);
  packPlace(to, page);
  to.number(page.first);
  to.number(page.head);
  to.number(page.forgotten ? 1 : 0);
  to.number(page.more ? 1 : 0);
  to.number(page.entries.length);
  for (const entry of page.entries) packEntry(to, entry);
}

function unpackPage(from: Unpacker): Page {
  const place = unpackPlace(from);
  const first = from.number() as Seq;
  const head = from.number() as Seq;
  const forgotten = from.number() === 1;
  const more = from.number() === 1;
  const entries = Array.from({ length: from.number() }, () => unpackEntry(from));
  return { ok: true, ...place, entries, first, head, forgotten, more };
}

/** A message that was never edited, deleted, and calls nobody goes field by field. */
function packEntry(to: Packer, entry: Entry | Skipped): void {
  if (entry.type !== "message" || !isPlainMessage(entry)) {
    to.number(0);
    to.string(JSON.stringify(entry));
    return;
  }
  to.number(entry.seq);
  to.number(entry.at);
  to.number(entry.author);
  to.string(entry.from);
  to.string(entry.message);
  to.number(entry.replyTo ?? 0);
  to.number(entry.thread ?? 0);
  to.string(entry.nonce ?? "");
  to.number(entry.origin);
}

function isPlainMessage({ version, deleted, mentions }: LoggedMessage): boolean {
  return version === undefined && deleted === undefined && mentions === undefined;
}

function unpackEntry(packed: Unpacker): Entry | Skipped {
  const seq = packed.number() as Seq;
  if (seq === 0) return JSON.parse(packed.string());
  const at = packed.number() as WallMillis;
  const author = packed.number() as UserId;
  const from = packed.string();
  const message = packed.string();
  const replyTo = absentIf0(packed.number() as Seq);
  const thread = absentIf0(packed.number() as Seq);
  const nonce = packed.string() || undefined;
  const origin = packed.number() as ConnectionId;
  return entryFrom({ seq, at, author, from, message, replyTo, thread, nonce, origin });
}

function absentIf0(seq: Seq): Seq | undefined {
  return seq === 0 ? undefined : seq;
}
