// A store with people in it, so that a test of a store reads like a transcript.

import type {
  Address,
  Append,
  ConnectionId,
  ConversationId,
  Identified,
  NameKey,
  Page,
  Read,
  Selection,
  Seq,
  Standing,
  Store,
  StoreAnswer,
  StoreCall,
  StoreCalls,
  StoreOptions,
  UserId,
  WallMillis,
} from "chat-hub";

export const day = 24 * 3_600_000;
export const nameHoldMs = 7 * day;
export const aliceToken = "alice-has-a-long-secret";

export type OpenStore = (options: StoreOptions<number>) => Store<number>;

type AnswerTo<Call extends StoreCall> = StoreCalls[Call["type"]]["answer"];

/** `"everyone"`, `"@bob"`, `"@bob~1"` or `"#dev"`. */
export function address(text: string): Address {
  if (text === "everyone") return { kind: "everyone" };
  if (text.startsWith("#")) return { kind: "room", key: text.slice(1) as NameKey };
  const [key, holder] = text.slice(1).split("~");
  const to = { kind: "private", key: key as NameKey } as const;
  return holder === undefined ? to : { ...to, holder: Number(holder) };
}

export class House {
  readonly store: Store<number>;
  /** Why the store gave up, if it did. */
  failure: Error | undefined;
  readonly warnings: string[] = [];
  readonly #waiting = new Map<number, (answer: StoreAnswer) => void>();
  #asks = 0;

  constructor(open: OpenStore) {
    this.store = open({
      nameHoldMs,
      answer: (ask, answer) => this.#answered(ask, answer),
      failed: (reason) => {
        this.failure = reason;
      },
      warn: (line) => this.warnings.push(line),
    });
  }

  ask<Call extends StoreCall>(call: Call): Promise<AnswerTo<Call>> {
    this.#asks += 1;
    const ask = this.#asks;
    return new Promise((resolve) => {
      this.#waiting.set(ask, resolve as (answer: StoreAnswer) => void);
      this.store.ask(ask, call);
    });
  }

  /** Asks for a name; the answer may be a refusal. */
  knocks(name: string, token?: string, at = 0): Promise<AnswerTo<{ type: "identify" } & StoreCall>> {
    const key = name.toLowerCase() as NameKey;
    const call = { type: "identify", key, name, at: at as WallMillis } as const;
    return this.ask(token === undefined ? call : { ...call, token });
  }

  /** Takes a name that is free, or one's own. */
  async enters(name: string, token?: string, at = 0): Promise<Guest> {
    const answer = await this.knocks(name, token, at);
    if (!answer.ok) throw new Error(`${name} was not let in: ${answer.code}`);
    return new Guest(this, answer);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  #answered(ask: number, answer: StoreAnswer): void {
    const resolve = this.#waiting.get(ask);
    if (resolve === undefined) throw new Error(`ask ${ask} was answered twice`);
    this.#waiting.delete(ask);
    resolve(answer);
  }
}

interface Saying {
  readonly to?: string;
  readonly nonce?: string;
  readonly replyTo?: number;
  readonly at?: number;
}

type Where = { after: number } | { before: number } | { around: number } | "newest";

export class Guest {
  readonly user: UserId;
  readonly name: string;
  readonly kept: boolean;
  readonly fresh: boolean;
  readonly #house: House;

  constructor(house: House, { user, name, kept, fresh }: Identified) {
    this.#house = house;
    this.user = user;
    this.name = name;
    this.kept = kept;
    this.fresh = fresh;
  }

  says(message: string, { to = "everyone", nonce, replyTo, at = 1 }: Saying = {}): Promise<AnswerTo<Append>> {
    return this.#house.ask({
      type: "append",
      author: this.user,
      to: address(to),
      message,
      ...(nonce === undefined ? {} : { nonce }),
      ...(replyTo === undefined ? {} : { replyTo: replyTo as Seq }),
      origin: 7 as ConnectionId,
      at: at as WallMillis,
    });
  }

  /** Says something that must be kept. */
  async writes(message: string, saying: Saying = {}) {
    const answer = await this.says(message, saying);
    if (!answer.ok) throw new Error(`"${message}" was refused: ${answer.code}`);
    return answer;
  }

  asksToRead(
    of: string | ConversationId,
    where: Where = { after: 0 },
    rows = 100,
    bytes = 1e6,
  ): Promise<AnswerTo<Read>> {
    return this.#house.ask({
      type: "read",
      viewer: this.user,
      of: typeof of === "string" ? address(of) : of,
      window: windowOf(where),
      rows,
      bytes,
    });
  }

  async reads(of: string | ConversationId, where?: Where, rows?: number, bytes?: number): Promise<Page> {
    const page = await this.asksToRead(of, where, rows, bytes);
    if (!page.ok) throw new Error(`${of} can't be read: ${page.code}`);
    return page;
  }

  async stands(
    select: Selection,
  ): Promise<{ standings: readonly (Standing & { index?: number })[]; more: boolean }> {
    const answer = await this.#house.ask({ type: "stand", user: this.user, select });
    if (!answer.ok) throw new Error(`the standings were refused: ${answer.code}`);
    return answer;
  }

  standsIn(...of: string[]) {
    return this.stands({ kind: "these", of: of.map(address) });
  }

  /** Moves this user's cursors; what lies before `from` was not got. */
  got(conversation: ConversationId, cursors: { from?: number; delivered: number; read: number }) {
    const { from = 1, delivered, read } = cursors;
    return this.#house.ask({
      type: "advance",
      moves: [
        { user: this.user, conversation, from: from as Seq, delivered: delivered as Seq, read: read as Seq },
      ],
    });
  }

  leaves(at = 0) {
    return this.#house.ask({ type: "release", user: this.user, at: at as WallMillis });
  }
}

function windowOf(where: Where): Read["window"] {
  if (where === "newest") return { kind: "newest" };
  if ("after" in where) return { kind: "after", seq: where.after as Seq };
  if ("before" in where) return { kind: "before", seq: where.before as Seq };
  return { kind: "around", seq: where.around as Seq };
}

/** What a page shows, in short. */
export function lines(page: Page): string[] {
  return page.entries.map(({ seq, from, message }) => `${seq} ${from}: ${message}`);
}

export function seqs(page: Page): number[] {
  return page.entries.map(({ seq }) => seq);
}
