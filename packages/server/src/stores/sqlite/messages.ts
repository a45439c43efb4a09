// What the threads of the store say to each other. Appends and pages are packed field by field, since
// they are the load; everything else is rare and goes as JSON. What is absent is packed as 0 or as
// the empty string: no seq, holder or nonce has that value.

import type {
  Address,
  Append,
  Appended,
  ConnectionId,
  ConversationId,
  Entry,
  NameKey,
  Page,
  Place,
  Seq,
  StoreAnswer,
  StoreCall,
  UserId,
  WallMillis,
} from "chat-hub";
import { entryFrom } from "../entry.js";
import type { Pack, Packer } from "./pack.js";
import { Unpacker } from "./pack.js";

/** What a worker is started with. */
export interface WorkerOrders {
  readonly file: string;
  readonly nameHoldMs: number;
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
  if (call.type === "append") return packAppend(to, call);
  to.number(form.json);
  to.string(JSON.stringify(call));
}

export function unpackCalls(pack: Pack): StoreCall[] {
  const from = new Unpacker(pack);
  const calls: StoreCall[] = [];
  while (!from.isEmpty) {
    calls.push(from.number() === form.append ? unpackAppend(from) : JSON.parse(from.string()));
  }
  return calls;
}

export function packAnswer(to: Packer, answer: StoreAnswer): void {
  if ("seq" in answer) return packAppended(to, answer);
  if ("entries" in answer) return packPage(to, answer);
  to.number(form.json);
  to.string(JSON.stringify(answer));
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

function packAppend(to: Packer, { author, to: address, message, replyTo, nonce, origin, at }: Append): void {
  to.number(form.append);
  to.number(author);
  packAddress(to, address);
  to.string(message);
  to.number(replyTo ?? 0);
  to.string(nonce ?? "");
  to.number(origin);
  to.number(at);
}

function unpackAppend(from: Unpacker): Append {
  const author = from.number() as UserId;
  const to = unpackAddress(from);
  const message = from.string();
  const replyTo = from.number() as Seq;
  const nonce = from.string();
  const origin = from.number() as ConnectionId;
  const at = from.number() as WallMillis;
  const append: { -readonly [Field in keyof Append]: Append[Field] } = {
    type: "append",
    author,
    to,
    message,
    origin,
    at,
  };
  if (replyTo !== 0) append.replyTo = replyTo;
  if (nonce !== "") append.nonce = nonce;
  return append;
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
  const { conversation, peer } = place;
  if (peer === undefined) return { ok: true, conversation, seq, at, duplicate };
  return { ok: true, conversation, peer, seq, at, duplicate };
}

/** A peer may be kept for long, so it goes as JSON: parsed strings hold on to nothing but themselves. */
function packPlace(to: Packer, { conversation, peer }: Place): void {
  to.number(conversation);
  to.string(peer === undefined ? "" : JSON.stringify(peer));
}

function unpackPlace(from: Unpacker): Place {
  const conversation = from.number() as ConversationId;
  const peer = from.string();
  return peer === "" ? { conversation } : { conversation, peer: JSON.parse(peer) };
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

function packEntry(to: Packer, { seq, at, author, from, message, replyTo, nonce, origin }: Entry): void {
  to.number(seq);
  to.number(at);
  to.number(author);
  to.string(from);
  to.string(message);
  to.number(replyTo ?? 0);
  to.string(nonce ?? "");
  to.number(origin);
}

function unpackEntry(packed: Unpacker): Entry {
  const seq = packed.number() as Seq;
  const at = packed.number() as WallMillis;
  const author = packed.number() as UserId;
  const from = packed.string();
  const message = packed.string();
  const replyTo = packed.number() as Seq;
  const nonce = packed.string();
  const origin = packed.number() as ConnectionId;
  return entryFrom({
    seq,
    at,
    author,
    from,
    message,
    replyTo: replyTo === 0 ? undefined : replyTo,
    nonce: nonce === "" ? undefined : nonce,
    origin,
  });
}
