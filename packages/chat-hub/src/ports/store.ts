// The store's role: it keeps users, logs and cursors, and decides in one transaction what only the
// truth can decide (who holds a name, who may write, which seq). The core asks by effects and is
// answered by inputs; an adapter is anything that carries out these calls. What each call means stands
// beside it, in this folder.

import type { StoreLimits } from "../tables/limits.js";
import type { Seq } from "../words/ids.js";
import type { HistorySetting } from "../words/rooms.js";
import type { Append, Appended, AppendRefusal } from "./append.js";
import type { Browse, Browsed, Found, ListReactions, Page, ReactionsListed, Read, Search } from "./pages.js";
import type {
  BlocksListed,
  Choose,
  Chosen,
  Identified,
  Identify,
  KnownAs,
  ListBlocks,
  LooksAlike,
  Release,
  Released,
  Whois,
  WhoisFound,
} from "./people.js";
import type {
  AuditListed,
  Keep,
  Kept,
  KeptRecord,
  ListAudit,
  ListRecords,
  Recall,
  Recalled,
  RecordsListed,
} from "./records.js";
import type { StoreRefusal, Unreadable } from "./refusal.js";
import type { ListMembers, ListRooms, MembersListed, RoomsListed } from "./rooms.js";
import type { Advance, Stand, Stood } from "./standings.js";

interface Done {
  readonly ok: true;
}

/** Every call, with what answers it. */
export interface StoreCalls {
  readonly identify: {
    readonly call: Identify;
    readonly answer: Identified | KnownAs | LooksAlike | StoreRefusal<"name_taken" | "bad_name">;
  };
  readonly release: { readonly call: Release; readonly answer: Released | StoreRefusal };
  readonly append: { readonly call: Append; readonly answer: Appended | StoreRefusal<AppendRefusal> };
  readonly advance: { readonly call: Advance; readonly answer: Done | StoreRefusal };
  readonly choose: {
    readonly call: Choose;
    readonly answer:
      | Chosen
      | StoreRefusal<
          Unreadable | "unknown_user" | "limit_reached" | "token_needed" | "silenced" | "read_only"
        >;
  };
  readonly read: { readonly call: Read; readonly answer: Page | StoreRefusal<Unreadable> };
  readonly browse: {
    readonly call: Browse;
    readonly answer: Browsed | StoreRefusal<Unreadable | "unknown_message">;
  };
  readonly search: { readonly call: Search; readonly answer: Found | StoreRefusal<Unreadable> };
  readonly stand: { readonly call: Stand; readonly answer: Stood | StoreRefusal };
  readonly rooms: { readonly call: ListRooms; readonly answer: RoomsListed | StoreRefusal };
  readonly members: { readonly call: ListMembers; readonly answer: MembersListed | StoreRefusal<Unreadable> };
  readonly reactions: {
    readonly call: ListReactions;
    readonly answer: ReactionsListed | StoreRefusal<Unreadable | "unknown_message">;
  };
  readonly whois: { readonly call: Whois; readonly answer: WhoisFound | StoreRefusal<"unknown_user"> };
  readonly blocks: { readonly call: ListBlocks; readonly answer: BlocksListed | StoreRefusal };
  readonly keep: { readonly call: Keep; readonly answer: Kept | StoreRefusal };
  readonly recall: { readonly call: Recall; readonly answer: Recalled | StoreRefusal };
  readonly records: { readonly call: ListRecords; readonly answer: RecordsListed | StoreRefusal };
  readonly audit: { readonly call: ListAudit; readonly answer: AuditListed | StoreRefusal };
}

export type StoreCall = StoreCalls[keyof StoreCalls]["call"];
export type StoreAnswer = StoreCalls[keyof StoreCalls]["answer"];

/** The calls that are carried out in their order: those that write, and `recall`. The others may overtake and be overtaken. */
export const writingCalls = [
  "identify",
  "release",
  "append",
  "advance",
  "choose",
  "keep",
  "recall",
] as const satisfies readonly StoreCall["type"][];

/** What a store says of itself when it is open. */
export interface StoreFacts {
  /** What was acked survives a crash of this machine. */
  readonly durable: boolean;
  /** Names the numbering; another one means that the store was put back to an older state. */
  readonly epoch: string;
  /** The newest seq of everyone. */
  readonly head: Seq;
  /** All records of `mindedKinds`, as they stand. */
  readonly minded: readonly KeptRecord[];
}

/** What every adapter is opened with, beside what its technology needs. */
export interface StoreOptions<Ask> {
  /** Gets each answer, with the ask it belongs to. */
  answer(ask: Ask, answer: StoreAnswer): void;
  /**
   * The store can't promise anything any more (a commit or fsync failed): every open call has been
   * answered `unavailable`, and the process must end, so that a new one reads what is on disk.
   */
  failed(reason: Error): void;
  /** A line for whoever runs the server: the store goes on, but not as it should. */
  warn?(line: string): void;
  /** How long a kept name stays with its token while nobody uses it. */
  readonly nameHoldMs: number;
  /**
   * How long entries are kept, in milliseconds; absent: for ever. What is older is forgotten soon after, the
   * oldest first: as if nothing had been said before `first`, but for numbers, heads and cursors, which go on.
   */
  readonly keepMs?: number | undefined;
  /** What is counted where it is kept. */
  readonly limits: StoreLimits;
  /** What of everyone somebody new may read. */
  readonly everyoneHistory: HistorySetting;
}

/**
 * An open store. The `writingCalls` are carried out, and answered, in the order given; the others may
 * overtake and be overtaken. Every call is answered exactly once, also when it can't be carried out; an answer
 * may come before `ask` returns. Users without a token, left over from a crash, are released before
 * it opens.
 */
export interface Store<Ask = unknown> {
  readonly facts: StoreFacts;
  ask(ask: Ask, call: StoreCall): void;
  /** Finishes what was asked, answers it, and lets go of everything. */
  close(): Promise<void>;
}
