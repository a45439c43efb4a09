// What the shell asks of a house: the same whether a server has it open or nobody has.

import type { Fact, HouseOrder, Outcome } from "chat-hub";
import type { Figures } from "../metrics/figures.js";
import type { AskStore } from "../stores/beside.js";

/** A house that is open: by the server, or by the command itself. */
export interface OpenHouse {
  readonly ask: AskStore;
  /** Has something done in the house, in the name of whoever runs the server. */
  order(what: HouseOrder): Promise<Outcome>;
  /** Tells those who are here. */
  tell(fact: Fact): void;
  /** Who is here, and what was counted; absent if nobody serves. */
  readonly figures?: () => Figures;
}

/** What is asked, as it goes over the socket: words and texts, nothing that runs. */
export interface Asked {
  readonly errand: string;
  readonly words: readonly string[];
}

/** What became of it: lines for people, or one line of JSON where that was asked for. */
export interface Told {
  readonly ok: boolean;
  /** What was said can't be right, in whatever house. */
  readonly misused?: true;
  readonly lines: readonly string[];
}

/** Carries one out. Throws an `ErrandError` for what people have asked wrongly. */
export type Errand = (house: OpenHouse, words: readonly string[]) => Promise<Told>;

/** By name, such as `user add`. */
export type Errands = Readonly<Record<string, Errand>>;

/** Why it was not done: one line, with the way out. */
export class ErrandError extends Error {
  override readonly name = "ErrandError";
}

/** What was said can't be right, in whatever house. */
export class UsageError extends ErrandError {}

/** Carries out what was asked; whatever comes in is read. */
export async function carryOut(errands: Errands, house: OpenHouse, asked: unknown): Promise<Told> {
  const { errand, words } = (typeof asked === "object" && asked !== null ? asked : {}) as Partial<Asked>;
  const isRead =
    typeof errand === "string" && Array.isArray(words) && words.every((word) => typeof word === "string");
  const run = isRead && Object.hasOwn(errands, errand) ? errands[errand] : undefined;
  if (run === undefined || words === undefined)
    return { ok: false, lines: ["the server does not know this command: it is of another version"] };
  try {
    return await run(house, words);
  } catch (error) {
    if (error instanceof UsageError) return { ok: false, misused: true, lines: [error.message] };
    if (error instanceof ErrandError) return { ok: false, lines: [error.message] };
    throw error;
  }
}
