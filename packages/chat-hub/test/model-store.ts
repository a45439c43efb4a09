// A store as small as its contract allows: what the hub's tests read the truth from.

import type {
  Address,
  Append,
  Identify,
  Move,
  Read,
  Selection,
  StoreAnswer,
  StoreCall,
} from "../src/index.js";
import { everyone, unreachable } from "../src/index.js";
import type { ConversationId, NameKey, Seq, UserId, WallMillis } from "../src/words/ids.js";
import type { Entry, Place, Standing } from "../src/words/log.js";

interface Holder {
  readonly id: UserId;
  readonly key: NameKey;
  readonly name: string;
  readonly token: string | undefined;
  here: boolean;
}

export interface Log {
  readonly id: ConversationId;
  /** Whose it is; everyone's has no sides. */
  readonly sides: readonly [UserId, UserId] | undefined;
  readonly entries: Entry[];
}

export class ModelStore {
  /** What it answers to everything while it can't store or read. */
  refusal: "unavailable" | "storage_full" | undefined;
  /** How many entries of each log are not kept any more. */
  forgotten = 0;
  readonly logs: Log[] = [{ id: everyone, sides: undefined, entries: [] }];
  readonly #holders: Holder[] = [];
  readonly #cursors = new Map<string, { delivered: number; read: number }>();
  readonly #nonces = new Map<string, { log: Log; entry: Entry }>();

  carryOut(call: StoreCall): StoreAnswer {
    if (this.refusal !== undefined) return { ok: false, code: this.refusal };
    switch (call.type) {
      case "identify":
        return this.#identify(call);
      case "release":
        for (const holder of this.#holders) if (holder.id === call.user) holder.here = false;
        return { ok: true };
      case "append":
        return this.#append(call);
      case "read":
        return this.#read(call);
      case "stand":
        return this.#stand(call.user, call.select);
      case "advance":
        for (const move of call.moves) this.#advance(move);
        return { ok: true };
      default:
        return unreachable(call);
    }
  }

  /** How far the holder of a name has got in their conversation with `peer`, or in everyone. */
  cursor(key: string, peer?: string): { delivered: number; read: number } {
    const user = this.#newest(key as NameKey) as Holder;
    const log = peer === undefined ? this.logs[0] : this.#private(user.id, this.#newest(peer as NameKey)?.id);
    return { ...this.#cursorOf(user.id, (log as Log).id) };
  }

  #identify({ key, name, token }: Identify): StoreAnswer {
    const holder = this.#newest(key);
    if (holder !== undefined && token !== undefined && holder.token === token) {
      holder.here = true;
      return { ok: true, user: holder.id, name: holder.name, kept: true, fresh: false };
    }
    if (holder !== undefined && (holder.here || holder.token !== undefined))
      return { ok: false, code: "name_taken" };
    const id = (this.#holders.length + 1) as UserId;
    this.#holders.push({ id, key, name, token, here: true });
    const head = this.logs[0]?.entries.length ?? 0;
    this.#cursors.set(`${id}:${everyone}`, { delivered: head, read: head });
    return { ok: true, user: id, name, kept: token !== undefined, fresh: true };
  }

  #append(call: Append): StoreAnswer {
    const first = call.nonce === undefined ? undefined : this.#nonces.get(`${call.author}:${call.nonce}`);
    if (first !== undefined) {
      const { seq, at } = first.entry;
      return { ok: true, ...this.#place(call.author, first.log), seq, at, duplicate: true };
    }
    const log = this.#find(call.author, call.to, true);
    if (log === undefined) return { ok: false, code: "unknown_user" };
    const seq = (log.entries.length + 1) as Seq;
    const { author, message, origin, at, nonce } = call;
    const from = (this.#holders[author - 1] as Holder).name;
    const entry = { seq, at, type: "message", author, from, message, origin } as const;
    log.entries.push(nonce === undefined ? entry : { ...entry, nonce });
    if (nonce !== undefined) this.#nonces.set(`${author}:${nonce}`, { log, entry });
    return { ok: true, ...this.#place(author, log), seq, at, duplicate: false };
  }

  #read({ viewer, of, window, rows }: Read): StoreAnswer {
    const log =
      typeof of === "number" ? this.logs.find(({ id }) => id === of) : this.#find(viewer, of, false);
    if (log === undefined) return { ok: false, code: "unknown_conversation" };
    const wanted = window.kind === "after" ? window.seq : log.entries.length - rows;
    const from = Math.max(this.forgotten, wanted);
    const entries = log.entries.slice(from, from + rows);
    const head = log.entries.length as Seq;
    const more = from + entries.length < head;
    return {
      ok: true,
      ...this.#place(viewer, log),
      entries,
      first: (this.forgotten + 1) as Seq,
      head,
      forgotten: this.forgotten > 0,
      more,
    };
  }

  #stand(user: UserId, select: Selection): StoreAnswer {
    if (select.kind === "these") {
      const standings = select.of.flatMap((address, index) => {
        const log = this.#find(user, address, false);
        return log === undefined ? [] : [{ ...this.#standing(user, log), index }];
      });
      return { ok: true, standings, more: false };
    }
    const mine = this.logs.filter(({ sides }) => sides === undefined || sides.includes(user));
    const all = mine.map((log) => this.#standing(user, log));
    if (select.kind === "unread") {
      const unread = all.filter((standing) => standing.conversation !== everyone && standing.unread > 0);
      const standings = [...all.slice(0, 1), ...unread.slice(0, select.most)];
      return { ok: true, standings, more: unread.length > select.most };
    }
    const after = select.after === undefined ? 0 : (this.#find(user, select.after, false)?.id ?? 0);
    const rest = all.filter(({ conversation }) => conversation > after);
    return { ok: true, standings: rest.slice(0, select.most), more: rest.length > select.most };
  }

  #standing(user: UserId, log: Log): Standing {
    const { delivered, read } = this.#cursorOf(user, log.id);
    const head = log.entries.length as Seq;
    return {
      ...this.#place(user, log),
      head,
      delivered: delivered as Seq,
      read: read as Seq,
      unread: head - read,
      headAt: (log.entries.at(-1)?.at ?? 0) as WallMillis,
    };
  }

  #advance({ user, conversation, from, delivered, read }: Move): void {
    const cursor = this.#cursorOf(user, conversation);
    for (const [name, to] of [["delivered", delivered] as const, ["read", read] as const])
      if (cursor[name] >= from - 1) cursor[name] = Math.max(cursor[name], to);
    this.#cursors.set(`${user}:${conversation}`, cursor);
  }

  #cursorOf(user: UserId, conversation: ConversationId): { delivered: number; read: number } {
    return this.#cursors.get(`${user}:${conversation}`) ?? { delivered: 0, read: 0 };
  }

  #newest(key: NameKey): Holder | undefined {
    return this.#holders.findLast((holder) => holder.key === key);
  }

  #private(one: UserId, other: UserId | undefined): Log | undefined {
    return this.logs.find(
      ({ sides }) => sides?.join() === `${one},${other}` || sides?.join() === `${other},${one}`,
    );
  }

  #find(user: UserId, address: Address, begin: boolean): Log | undefined {
    if (address.kind === "everyone") return this.logs[0];
    const other = address.kind === "room" ? undefined : this.#newest(address.key);
    if (other === undefined) return undefined;
    const log = this.#private(user, other.id);
    if (log !== undefined || !begin) return log;
    const begun: Log = { id: (this.logs.length + 1) as ConversationId, sides: [user, other.id], entries: [] };
    this.logs.push(begun);
    return begun;
  }

  #place(viewer: UserId, { id, sides }: Log): Place {
    if (sides === undefined) return { conversation: id };
    const other = this.#holders[(sides[0] === viewer ? sides[1] : sides[0]) - 1] as Holder;
    return { conversation: id, peer: { user: other.id, name: other.name, key: other.key } };
  }
}
