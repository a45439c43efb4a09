// What a world knows of a program of a person, whichever program it is.

import type { Deed, Question } from "chat-hub";
import type { Clock } from "../clock.ts";
import type { Dice } from "../drawn/dice.ts";
import type { DeviceEnd, Wire } from "../network/wire.ts";
import type { DeviceName, Sight } from "../observed.ts";

export type DeviceKind = "core" | "events" | "simple";

/** Whose program it is. */
export interface Owner {
  readonly username: string;
  /** The secret that keeps the name. */
  readonly token: string | undefined;
  /** Where there are accounts, instead of it. */
  readonly password?: string;
  /** What a device of theirs was given for the password, for those that have nothing to be given. */
  given?: string;
}

/** Their name is theirs for good, as long as nobody else takes it. */
export function isKept({ token, password }: Owner): boolean {
  return token !== undefined || password !== undefined;
}

/** A question as a person asks it; raw clients also read logs by hand. */
export type Asking =
  | Question
  | { readonly type: "log"; readonly conversation: string; readonly after: number }
  | { readonly type: "audit" }
  | { readonly type: "stats" };

/** What a person does; of a ban raw clients say more than the client core has words for. */
export type Doing = Deed;
/** What a device has around it. */
export interface Ground {
  readonly clock: Clock;
  readonly dice: Dice;
  readonly show: (sight: Sight) => void;
  /** A remark for the summary. */
  readonly count: (what: string) => void;
  connect(device: DeviceEnd, dialect: "simple" | "events", query: Readonly<Record<string, string>>): Wire;
}

export interface Device {
  readonly name: DeviceName;
  readonly kind: DeviceKind;
  readonly owner: Owner;
  readonly wire: Wire | undefined;
  /** The program runs. */
  readonly isRunning: boolean;
  /** It is logged in, as far as it knows. */
  readonly isOnline: boolean;
  /** It can't come back by itself: its name is taken, or it was told to stay away. */
  readonly isStuck: boolean;
  /** What was done here and is neither acked nor refused. */
  readonly unsettled: number;
  /** The program begins, or begins again after it ended. */
  begin(): void;
  /** Its process dies; with it whatever is not on its disk. */
  crash(): void;
  /** The person leaves, and says goodbye. */
  leave(): void;
  does(deed: Doing): void;
  asks(question: Asking): void;
  types(conversation: string, on: boolean): void;
  reads(conversation: string, seq: number): void;
  /** The network is back: no need to wait for the next try. */
  wake(): void;
}

/** 16 visible ASCII characters or more, and never the same twice in a world. */
export function nonceOf(device: DeviceName, count: number): string {
  return `${encodeURIComponent(device)}-nonce-${String(count).padStart(6, "0")}`;
}
