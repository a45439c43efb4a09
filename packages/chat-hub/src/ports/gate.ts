// The gate's role, where a name needs more than a token that its holder made up: it knows accounts and
// what proves them. The core asks it before it asks the store who somebody is; what it must not know,
// such as how a password is hashed or where keys come from, it does not.

import type { Requirement } from "../rules/requirements.js";
import type { NameKey, WallMillis } from "../words/ids.js";
import type { Name } from "../words/names.js";
import type { AuditLine } from "./records.js";
import type { StoreRefusal } from "./refusal.js";

/** How the server lets people in: by a token of their own making, by an account's password, by somebody else's signature. */
export const authModes = ["open", "password", "jwt"] as const;
export type AuthMode = (typeof authModes)[number];

/** Who may make an account for themselves, where accounts have passwords. */
export const registrations = ["closed", "invite", "open"] as const;
export type Registration = (typeof registrations)[number];

/** What somebody shows. A `token` is what a gate gave out or what an issuer signed. */
export type Proof =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "password"; readonly password: string };

/** What the headers of an upgrade show; a password comes with the name that it is for. */
export type Credential =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "password"; readonly name: string; readonly password: string };

/**
 * Is this proof good, and for whom? `name` is what they want to be called; absent if the proof is to say
 * it. The gate need not look at it where the proof names somebody: the hub lets an account in under its own name only.
 * `not_let_in`: unknown account, wrong password, revoked or forged token: never which of these, and never sooner for one than for another where a password is asked.
 * `login_expired`: it was good once. `too_many`: so many are being looked at that this one must wait.
 */
export interface Verify {
  readonly type: "verify";
  readonly name: Name | undefined;
  readonly proof: Proof;
  /** A token is wanted in exchange for a password; a dialect that could not tell it wants none. */
  readonly exchange: boolean;
  /** Where it comes from, if that is counted. */
  readonly address: string | undefined;
  readonly at: WallMillis;
}
export interface Verified {
  readonly ok: true;
  /** Whose name it is, for ever: the same account is the same user. */
  readonly account: string;
  readonly name: Name;
  /** The account itself says that they look after the house. */
  readonly admin: boolean;
  /** What this login is called in a list of sessions. It gives no access. */
  readonly login: string;
  /** The proof is good until then. */
  readonly until: WallMillis | undefined;
  /** What to show instead of the password from now on. */
  readonly token?: string;
}
export type VerifyRefusal = "not_let_in" | "login_expired" | "too_many";

/**
 * Makes an account, and is answered as a login with its password. `name_taken`: there is one of this
 * name; `looks_alike`: one of another name has its skeleton. `registration_closed`: nobody may make one for themselves; `invite_needed`: only with a code that
 * is good. `weak_password`: it is too short, or among those everybody tries first.
 */
export interface Register {
  readonly type: "register";
  readonly name: Name;
  readonly password: string;
  readonly invite: string | undefined;
  readonly address: string | undefined;
  readonly at: WallMillis;
}
export type RegisterRefusal =
  | "name_taken"
  | "looks_alike"
  | "registration_closed"
  | "invite_needed"
  | "weak_password"
  | "too_many";

/** Puts off the end of a login. jwt: by a newer token of the same account; password: `proof` absent, a new token for the old one's place. */
export interface Refresh {
  readonly type: "refresh";
  readonly account: string;
  readonly login: string;
  readonly proof: Proof | undefined;
  readonly at: WallMillis;
}

/** Another password; every other login of the account ends. */
export interface SetPassword {
  readonly type: "setPassword";
  readonly account: string;
  readonly key: NameKey;
  readonly login: string;
  readonly old: string;
  readonly password: string;
  readonly at: WallMillis;
}

/** The logins of an account that are good, whether somebody is connected by them or not. */
export interface ListLogins {
  readonly type: "logins";
  readonly account: string;
  readonly at: WallMillis;
}
export interface LoginsListed {
  readonly ok: true;
  readonly logins: readonly {
    readonly login: string;
    /** 0 = not known. */
    readonly since: WallMillis;
    readonly until: WallMillis | undefined;
  }[];
}

/**
 * A login is good no more. `unknown_session`: the account has none of this name; then nothing is kept. What was asked
 * before this is answered may be answered by what was good then: the hub lets nobody in by it.
 */
export interface EndLogin {
  readonly type: "endLogin";
  readonly account: string;
  readonly login: string;
  /** Kept with it, in the same transaction: somebody else ends it. */
  readonly audit?: AuditLine;
  /** What must hold when it is kept; `forbidden`: it does not. */
  readonly requires?: readonly Requirement[];
  readonly at: WallMillis;
}

interface Done {
  readonly ok: true;
}

export interface GateCalls {
  readonly verify: { readonly call: Verify; readonly answer: Verified | StoreRefusal<VerifyRefusal> };
  readonly register: { readonly call: Register; readonly answer: Verified | StoreRefusal<RegisterRefusal> };
  readonly refresh: { readonly call: Refresh; readonly answer: Verified | StoreRefusal<VerifyRefusal> };
  readonly setPassword: {
    readonly call: SetPassword;
    readonly answer: Done | StoreRefusal<"not_let_in" | "weak_password" | "too_many">;
  };
  readonly logins: { readonly call: ListLogins; readonly answer: LoginsListed | StoreRefusal };
  readonly endLogin: {
    readonly call: EndLogin;
    readonly answer: Done | StoreRefusal<"unknown_session" | "forbidden">;
  };
}
export type GateCall = GateCalls[keyof GateCalls]["call"];
export type GateAnswer = GateCalls[keyof GateCalls]["answer"];

export const gateCalls = ["verify", "register", "refresh", "setPassword", "logins", "endLogin"] as const;
const ofGate: ReadonlySet<string> = new Set(gateCalls);

/** Whom a call is for: the gate, or else the store. */
export function isGateCall<Other extends { readonly type: string }>(
  call: GateCall | Other,
): call is GateCall {
  return ofGate.has(call.type);
}

/**
 * An open gate. Every call is answered exactly once, at any time, in any order. An account that is
 * disabled, and a login that is ended from elsewhere (the shell), are told by `ended`: whoever is
 * connected by it is put out.
 */
export interface Gate<Ask = unknown> {
  readonly mode: Exclude<AuthMode, "open">;
  ask(ask: Ask, call: GateCall): void;
  close(): Promise<void>;
}

export interface GateOptions<Ask> {
  answer(ask: Ask, answer: GateAnswer): void;
  /** Logins of an account that are good no more: this one, or without `login` all of them. */
  ended(account: string, login: string | undefined): void;
  /** A line for whoever runs the server. */
  warn?(line: string): void;
}
