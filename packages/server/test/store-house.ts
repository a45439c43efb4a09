// A store with people in it, so that a test of a store reads like a transcript.

import type {
  HistorySetting,
  Identify,
  KnownAs,
  NameKey,
  Store,
  StoreAnswer,
  StoreCall,
  StoreCalls,
  StoreOptions,
  WallMillis,
} from "chat-hub";
import { defaultLimits } from "chat-hub";
import { Guest } from "./suite/guest.js";

export { address, creation, Guest, must } from "./suite/guest.js";
export { line, lines, seqs, standing } from "./suite/transcript.js";

export const day = 24 * 3_600_000;
export const nameHoldMs = 7 * day;
export const aliceToken = "alice-has-a-long-secret";

export interface HouseSettings {
  readonly limits?: Partial<StoreOptions<number>["limits"]>;
  readonly everyoneHistory?: HistorySetting;
  readonly keepMs?: number;
}

export type OpenStore = (options: StoreOptions<number>) => Store<number>;

export type AnswerTo<Call extends StoreCall> = StoreCalls[Call["type"]]["answer"];

export type Knocked = Exclude<AnswerTo<Identify>, KnownAs>;

function identifyAs(name: string, at: number): Identify {
  return { type: "identify", key: name.toLowerCase() as NameKey, name, at: at as WallMillis };
}

export class House {
  readonly store: Store<number>;
  /** Why the store gave up, if it did. */
  failure: Error | undefined;
  readonly warnings: string[] = [];
  readonly #waiting = new Map<number, (answer: StoreAnswer) => void>();
  #asks = 0;

  constructor(open: OpenStore, settings: HouseSettings = {}) {
    this.store = open({
      nameHoldMs,
      limits: { ...defaultLimits.store, ...settings.limits },
      everyoneHistory: settings.everyoneHistory ?? "all",
      keepMs: settings.keepMs,
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
  knocks(name: string, token?: string, at = 0): Promise<Knocked> {
    return this.#identify({ ...identifyAs(name, at), ...(token === undefined ? {} : { token }) });
  }

  /** Asks for the name of an account, which a gate has proved. */
  comes(name: string, account: string, at = 0): Promise<Knocked> {
    return this.#identify({ ...identifyAs(name, at), account });
  }

  /** The same, for an account that has another name here: which one. */
  async isKnownAs(name: string, account: string): Promise<KnownAs["knownAs"]> {
    const answer = await this.ask({ ...identifyAs(name, 0), account });
    if (!("knownAs" in answer)) throw new Error(`${account} came as ${name}`);
    return answer.knownAs;
  }

  async #identify(call: Identify): Promise<Knocked> {
    const answer = await this.ask(call);
    if ("knownAs" in answer) throw new Error(`it is known as ${answer.knownAs.name}`);
    return answer;
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
