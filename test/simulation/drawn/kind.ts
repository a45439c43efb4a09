// What kind of world a seed makes: how large and how slow everything is, where the limits lie (low, so
// that their edges are met), and which faults and deeds there are at all. A world that has everything
// finds less than many that each lack something.

import type { HistorySetting, Limits } from "chat-hub";
import { defaultLimits } from "chat-hub";
import type { GateKind } from "../house/gate.ts";
import type { Dice } from "./dice.ts";

/** What may happen to a world, and how often beside the others while it is switched on. */
export const faultWeights = {
  cut: 10,
  halfOpen: 5,
  hole: 6,
  outage: 2,
  slowReader: 8,
  restart: 7,
  absence: 6,
  rival: 5,
  slowStore: 3,
  storageFull: 2,
  unavailable: 3,
  crash: 5,
  commitFails: 1,
  stop: 3,
  restore: 1,
  wallJump: 2,
  pause: 3,
} as const;
export type FaultName = keyof typeof faultWeights;

/** What people do, likewise. */
export const deedWeights = {
  say: 30,
  whisper: 20,
  sayInRoom: 34,
  reply: 5,
  edit: 7,
  delete: 5,
  react: 8,
  pin: 4,
  create: 2,
  join: 14,
  leave: 4,
  invite: 5,
  kick: 7,
  ban: 4,
  unban: 4,
  role: 5,
  topic: 3,
  history: 3,
  archive: 2,
  block: 4,
  mute: 2,
  status: 4,
  privacy: 1,
  type: 4,
  read: 8,
  ask: 8,
  look: 8,
  repeat: 5,
  odd: 2,
  flood: 1,
} as const;
export type DeedName = keyof typeof deedWeights;

/** What those do who look after the house and its rooms, in worlds where somebody does. */
export const orderWeights = {
  silenceInRoom: 6,
  slowRoom: 3,
  silence: 5,
  slow: 3,
  readOnly: 3,
  announce: 5,
  putOut: 4,
  keepOut: 4,
  letBackIn: 5,
  appoint: 1,
  readAudit: 4,
} as const;
export type OrderName = keyof typeof orderWeights;

export interface Kind {
  /** Where people have accounts with passwords; without one the house is open. */
  readonly gate: GateKind | undefined;
  /** There are people whose names look like others'. */
  readonly twins: boolean;
  readonly people: number;
  readonly rooms: number;
  /** Of a hundred people so many have a token. */
  readonly tokens: number;
  readonly limits: Limits;
  readonly nameHoldMs: number;
  readonly everyoneHistory: HistorySetting;
  readonly latency: { readonly leastMs: number; readonly mostMs: number; readonly burstMs: number };
  readonly pipeBytes: number;
  readonly store: { readonly slowestMs: number; readonly groupCalls: number };
  /** Between two steps, on average; and of a hundred steps so many come at once with the one before. */
  readonly gapMs: number;
  readonly atOnce: number;
  /** Of a hundred steps so many are faults. */
  readonly faulty: number;
  readonly faults: Readonly<Record<FaultName, number>>;
  readonly deeds: Readonly<Record<DeedName, number>>;
  /** The longest text, in characters. */
  readonly longest: number;
  readonly viewPageRows: number;
  /** Somebody looks after the house: of a hundred deeds so many are theirs, and which. */
  readonly order:
    | { readonly often: number; readonly weights: Readonly<Record<OrderName, number>> }
    | undefined;
}

export function drawKind(dice: Dice, only: readonly FaultName[] | undefined): Kind {
  const isRated = dice.percent(25);
  const open = drawOpen(dice, only, isRated);
  const gate = dice.percent(12) ? drawGate(dice) : undefined;
  const twins = dice.percent(12);
  // Looks are let go of with the name, and somebody else can have them.
  const kind = twins ? { ...open, nameHoldMs: 5_000 } : open;
  if (gate === undefined) return { ...kind, gate, twins };
  // A login ends by the clock on the wall, which the laws go by too.
  return {
    ...kind,
    gate,
    twins,
    limits: { ...kind.limits, attempts },
    faults: { ...kind.faults, wallJump: 0 },
  };
}

/** Few, and back soon. */
const attempts: Limits["attempts"] = {
  ...defaultLimits.attempts,
  accountAttempts: 4,
  accountAttemptMs: 2_000,
  addressAttempts: 8,
  addressAttemptMs: 500,
  ownAttempts: 2,
  ownAttemptMs: 2_000,
  addressAttemptsAtOnce: 1,
  attemptsWaiting: 2,
  attemptsKept: 10,
};

function drawGate(dice: Dice): GateKind {
  return {
    registration: dice.of(["open", "closed"]),
    loginLifeMs: dice.of([4_000, 30_000, 600_000]),
    hashMs: dice.of([0, 30, 300]),
    hashesWaiting: dice.of([0, 2, 64]),
  };
}

function drawOpen(
  dice: Dice,
  only: readonly FaultName[] | undefined,
  isRated: boolean,
): Omit<Kind, "gate" | "twins"> {
  return {
    people: dice.between(2, 4),
    rooms: dice.percent(80) ? dice.between(1, 2) : 0,
    tokens: dice.of([100, 80, 60]),
    limits: drawLimits(dice, isRated),
    nameHoldMs: dice.of([5_000, 60_000, 7 * 24 * 3_600_000]),
    everyoneHistory: dice.percent(70) ? "all" : "since_join",
    latency: dice.of([
      { leastMs: 1, mostMs: 1, burstMs: 1 },
      { leastMs: 1, mostMs: 5, burstMs: 1 },
      { leastMs: 5, mostMs: 80, burstMs: 1 },
      { leastMs: 1, mostMs: 400, burstMs: 100 },
    ]),
    pipeBytes: dice.of([300, 1_000, 3_000, 1_000_000]),
    store: { slowestMs: dice.of([0, 2, 20, 200]), groupCalls: dice.of([1, 3, 1_000]) },
    gapMs: dice.of([5, 50, 300, 1_500]),
    atOnce: dice.of([0, 20, 50]),
    faulty: dice.of([5, 12, 25]),
    faults: drawFaults(dice, only),
    deeds: drawDeeds(dice, isRated),
    longest: dice.of([20, 200, 1_500]),
    viewPageRows: dice.between(2, 8),
    // What came later is drawn last: worlds without it are what they were.
    order: dice.percent(30) ? drawOrder(dice) : undefined,
  };
}

function drawOrder(dice: Dice): Kind["order"] {
  const weights: Record<OrderName, number> = { ...orderWeights };
  for (const name of Object.keys(weights) as OrderName[]) weights[name] *= dice.of([0, 1, 1, 3]);
  weights.appoint = 1;
  return { often: dice.of([8, 20, 40]), weights };
}

function drawLimits(dice: Dice, isRated: boolean): Limits {
  const pageRows = dice.of([2, 3, 5, 50]);
  return {
    ...defaultLimits,
    pageRows,
    pageDefaultRows: pageRows,
    messageChars: dice.of([600, 10_000]),
    ...drawPages(dice),
    resumeRows: dice.of([1, 2, 1_000]),
    welcomeConversations: dice.of([1, 2, 50]),
    inboxFrames: dice.of([1, 3, 16]),
    congestedBytes: dice.of([1_000, 3_000, 8_000, 1_000_000]),
    congestedOwnBytes: 2_000,
    appendBacklogBytes: dice.of([100, 2_000, 4_000_000]),
    devicesPerUser: 4,
    mentions: 2,
    presenceCrowd: dice.of([2, 500]),
    presenceRound: 1,
    typingCrowd: dice.of([2, 500]),
    receiptMembers: dice.of([2, 100]),
    graceMs: dice.of([1_000, 20_000]),
    pingMs: dice.of([2_000, 25_000]),
    stuckMs: dice.of([8_000, 300_000]),
    yieldMs: dice.of([1_000, 10_000]),
    loginMs: dice.of([5_000, 30_000]),
    store: {
      roomsPerUser: dice.percent(15) ? 1 : 200,
      membersPerRoom: dice.percent(15) ? 2 : 10_000,
      reactionsPerMessage: dice.percent(30) ? 1 : 20,
      pins: dice.percent(30) ? 1 : 50,
      blocks: dice.percent(30) ? 1 : 1_000,
      terms: 10_000,
    },
    rates: isRated
      ? {
          // The devices of one address are those of one user: these are met by few, and late.
          addressMessagesPerSecond: 20,
          addressMessagesBurst: 30,
          addressCommandsPerSecond: 50,
          addressCommandsBurst: 200,
          messagesPerSecond: dice.of([2, 10]),
          messagesBurst: dice.of([3, 30]),
          commandsPerSecond: dice.of([10, 50]),
          commandsBurst: dice.of([20, 200]),
          floodFrames: dice.of([30, 5_000]),
          floodMs: 5_000,
          floodPauseMs: 1_000,
          connectionsPerAddress: 256,
        }
      : undefined,
  };
}

function drawFaults(dice: Dice, only: readonly FaultName[] | undefined): Record<FaultName, number> {
  const faults: Record<FaultName, number> = { ...faultWeights };
  for (const name of Object.keys(faults) as FaultName[]) {
    const isOn = dice.percent(50);
    if (!(only?.includes(name) ?? isOn)) faults[name] = 0;
  }
  return faults;
}

function drawDeeds(dice: Dice, isRated: boolean): Record<DeedName, number> {
  const deeds: Record<DeedName, number> = { ...deedWeights };
  for (const name of Object.keys(deeds) as DeedName[]) {
    const times = dice.of([0, 1, 1, 3]);
    if (name !== "say" || times > 0) deeds[name] *= times;
  }
  // Where nothing is too fast a flood is only more of the same.
  if (!isRated) deeds.flood = 0;
  return deeds;
}

function drawPages(dice: Dice): Pick<Limits, "pageBytes" | "readOnBytes"> {
  const bytes = dice.of([300, 4_096, 48 * 1_024]);
  return { pageBytes: bytes, readOnBytes: bytes };
}
