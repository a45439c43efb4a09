// Chat on a Node HTTP server: the hub, a store and the sockets, put together.

import type { Server } from "node:http";
import type { Server as SecureServer } from "node:https";
import { setTimeout } from "node:timers/promises";
import type {
  AskId,
  Fact,
  Gate,
  HistorySetting,
  HubOptions,
  Limits,
  Recalled,
  Store,
  StoreAnswer,
  StoreOptions,
  StoreRefusal,
  WallMillis,
} from "chat-hub";
import { createHub, defaultLimits } from "chat-hub";
import type { OpenHouse } from "./control/errand.js";
import type { AuthChoice } from "./gates/open.js";
import { modeOf, openGate, registrationOf } from "./gates/open.js";
import type { AskRecords } from "./gates/records.js";
import { Origins } from "./http/origins.js";
import type { ProxyHeader } from "./http/proxies.js";
import { Proxies } from "./http/proxies.js";
import { goodbyeMs, Reception } from "./http/upgrades.js";
import { Later } from "./later.js";
import { Journal } from "./log/journal.js";
import type { Log } from "./log/log.js";
import { noLog } from "./log/log.js";
import { Shown } from "./log/shown.js";
import { Loop } from "./loop.js";
import type { Figures } from "./metrics/figures.js";
import type { RecordChoice } from "./record/record-file.js";
import { RecordFile } from "./record/record-file.js";
import { recorded } from "./record/recorder.js";
import { Beside } from "./stores/beside.js";
import type { StoreChoice } from "./stores/open.js";
import { openStore } from "./stores/open.js";
import { version } from "./version.js";

export interface ChatOptions {
  /** Where messages are kept: `{ data: "./chat-data" }`, or `"memory"` for as long as the process lives. */
  readonly store: StoreChoice;
  readonly limits?: Limits;
  /** How people are let in. Default: open, whoever takes a name has it. */
  readonly auth?: AuthChoice;
  /** Pages of other origins that may connect, such as `https://chat.example`. */
  readonly origins?: readonly string[];
  /** How long a name stays with its token while nobody uses it, in milliseconds. Default 7 days. */
  readonly nameHoldMs?: number;
  /** How long messages are kept, in milliseconds. Default: for ever. */
  readonly keepMs?: number | undefined;
  /** What of everyone somebody new may read: `all` that is kept (the default), or what comes `since_join`. */
  readonly history?: HistorySetting;
  /**
   * Writes all that the hub is told into a file, to be replayed. It holds what people say, in private
   * too, and their addresses, but no token. Default: nothing is recorded.
   */
  readonly record?: RecordChoice;
  /**
   * Proxies whose word counts on who asks: addresses, networks such as `10.0.0.0/8`, or `loopback`, and the header they
   * write it in (default `x-forwarded-for`).
   */
  readonly proxies?: readonly string[];
  readonly proxyHeader?: ProxyHeader;
  /** What whoever runs the server is told, such as `openLog(process.stderr, …)`. Default: nothing. */
  readonly log?: Log;
  /** The store can't promise anything any more: the process must end. Default: throws. */
  readonly failed?: (reason: Error) => void;
}

export interface Chat {
  /** Whether people can be sent here; if not, why, in some words. */
  readiness(): Promise<string | undefined>;
  /** What it has counted, and who is here. O(connections). */
  figures(): Figures;
  /** `told` gets how long a commit took, in seconds: of one in each turn of the event loop. */
  onCommit(told: (seconds: number) => void): void;
  /**
   * Obeys nothing new, lets the store commit what it was asked, acks it, closes every connection with
   * 1012, and lets go of the store. The HTTP server stays whoever made it's.
   */
  close(): Promise<void>;
  /** What the server's own shell asks of it. */
  readonly house: OpenHouse;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Attaches chat to an HTTP server: `/ws` speaks the events dialect, `/v1/ws` the simple one. Upgrades
 * of other paths are left to others.
 * @throws a StoreError, a GateError or a RecordError, with one line for people, if the store or the gate
 * can't be opened, or the record not begun
 */
export async function attachChat(server: Server | SecureServer, options: ChatOptions): Promise<Chat> {
  const { nameHoldMs = 7 * dayMs, keepMs, history = "all", log = noLog } = options;
  const keepSeconds = keepMs && Math.ceil(keepMs / 1_000);
  const limits: Limits = { ...(options.limits ?? defaultLimits), keepSeconds };
  const { auth = "open" } = options;
  // The store answers only what it was asked, and it is asked only once there is a loop.
  let loop: Loop;
  let beside: Beside;
  const storeOptions: StoreOptions<AskId> = {
    nameHoldMs,
    limits: limits.store,
    everyoneHistory: history,
    keepMs,
    answer: (ask: AskId, answer: StoreAnswer) => beside.answered(ask, answer),
    failed: options.failed ?? fail,
    warn: (line) => log.warn(line),
  };
  const store: Store<AskId> = await openStore(options.store, storeOptions);
  beside = new Beside(store, (ask, answer) => loop.answered(ask, answer));
  const records: AskRecords = beside.askStore;
  const tell = (fact: Fact): void => loop.feed(fact);
  const nameHold = `${Math.round((nameHoldMs / dayMs) * 10) / 10} days`;
  const hubOptions = {
    facts: store.facts,
    limits,
    nameHold,
    auth: modeOf(auth),
    registration: registrationOf(auth),
  };
  const journal = new Journal(log);
  const shown = new Shown(journal);
  const { gate, record } = await openOrClose(store, async () => {
    const opened = await openGate<AskId>(auth, {
      limits,
      records,
      answer: (ask, answer) => {
        shown.answered(ask, answer);
        loop.answered(ask, answer);
      },
      ended: (account, login) => tell({ type: "loginEnded", account, login }),
      warn: (line) => log.warn(line),
    });
    return { gate: opened, record: openRecord(options.record, hubOptions, log) };
  });
  const hub = createHub(hubOptions);
  const later = new Later();
  const watched = journal.watch(record === undefined ? hub : recorded(hub, record));
  loop = new Loop(beside, watched, later, journal, gate && shown.watch(gate));
  const proxies = new Proxies(options.proxies, options.proxyHeader, (line) => log.warn(line));
  const origins = new Origins(options.origins, proxies);
  const reception = new Reception(server, { loop, later, limits, origins, proxies, journal });
  const figures = (): Figures => ({
    ...hub.census(),
    ...loop.figures(),
    storeUnanswered: beside.unanswered,
  });
  let closing: Promise<void> | undefined;
  return {
    readiness: async () => (closing === undefined ? readinessOf(beside) : "the server is stopping"),
    figures,
    onCommit(told) {
      beside.onCommit = told;
    },
    close() {
      reception.close();
      closing ??= closeAll(loop, gate, store, record).then(() => reception.end());
      return closing;
    },
    house: { ask: beside.askStore, order: (what) => loop.order(what), tell, figures },
  };
}

function openRecord(
  choice: RecordChoice | undefined,
  hub: Required<HubOptions>,
  log: Log,
): RecordFile | undefined {
  return choice && new RecordFile(choice, { version, hub }, (line) => log.warn(line));
}

/** What can't be opened leaves nothing open. */
async function openOrClose<Opened>(store: Store<AskId>, open: () => Promise<Opened>): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function closeAll(
  loop: Loop,
  gate: Gate<AskId> | undefined,
  store: Store<AskId>,
  record: RecordFile | undefined,
): Promise<void> {
  loop.feed({ type: "stopping" });
  // It asks the store.
  await gate?.close();
  await store.close();
  loop.stopped();
  await loop.closeSockets(goodbyeMs);
  record?.close();
}

/** So long a store may take to answer, and so long after it could keep nothing nobody is sent here. */
const storeAnswersMs = 2_000;
const troubleMs = 10_000;

/** Whether the store answers what goes through its writing thread, and could keep what it was given last. */
async function readinessOf(beside: Beside): Promise<string | undefined> {
  const trouble = beside.trouble(troubleMs);
  if (trouble !== undefined) return `the store says ${trouble}`;
  const late = Symbol("late");
  const deadline = setTimeout(storeAnswersMs, late, { ref: false });
  const call = { type: "recall", kind: "switch", key: "readiness", at: Date.now() as WallMillis } as const;
  const answer = await Promise.race([beside.askStore<"recall">(call), deadline]);
  if (answer === late) return "the store does not answer";
  return (answer as Recalled | StoreRefusal).ok ? undefined : "the store can't be read";
}

function fail(reason: Error): void {
  throw reason;
}
