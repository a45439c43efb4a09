// What the shell does with accounts: `chat-server user …`.

import type { Name, NameKey, WallMillis } from "chat-hub";
import { defaultLimits, isPassword, objection } from "chat-hub";
import {
  addAccount,
  Hashes,
  leastPasswordChars,
  listAccounts,
  makeInvite,
  setAccountDisabled,
  setAccountPassword,
} from "../gates/accounts.js";
import type { Errands, OpenHouse, Told } from "./errand.js";
import { UsageError } from "./errand.js";
import { whom } from "./whom.js";

const hashes = new Hashes();

export const userErrands: Errands = {
  "user add": async ({ ask: records }, [username = "", password = ""]) => {
    const name = newNameOf(username);
    return told(
      await addAccount(records, hashes, { name, password: passwordOf(password), at: now() }),
      `${name.spelling} can log in now`,
    );
  },
  "user passwd": async (house, [username = "", password = ""]) => {
    const { key } = whom(username);
    const another = passwordOf(password);
    const done = await setAccountPassword(house.ask, hashes, { key, password: another, at: now() });
    return ended(
      house,
      key,
      done,
      "the password is another; whoever was logged in by the old one is not any more",
    );
  },
  "user disable": async (house, [username = ""]) => {
    const { key } = whom(username);
    const done = await setAccountDisabled(house.ask, { key, disabled: true, at: now() });
    return ended(house, key, done, "nobody can log in by this account any more; its name stays its own");
  },
  "user enable": async ({ ask: records }, [username = ""]) => {
    const { key } = whom(username);
    return told(
      await setAccountDisabled(records, { key, disabled: false, at: now() }),
      "it can log in again",
    );
  },
  "user list": async ({ ask: records }) => {
    const listed = await listAccounts(records, now());
    if (!listed.ok) return told(listed, "");
    const rows = listed.accounts.map(
      ({ name, created, disabled }) => `${dayOf(created)}  ${name}${disabled ? "  (disabled)" : ""}`,
    );
    return {
      ok: true,
      lines: rows.length === 0 ? ["there are no accounts: chat-server user add NAME"] : rows,
    };
  },
  "user invite": async ({ ask: records }, [uses = "1", forMs = ""]) => {
    const at = now();
    const until = forMs === "" ? {} : { until: (at + Number(forMs)) as WallMillis };
    const made = await makeInvite(records, { uses: Number(uses), ...until, at });
    return made.ok ? { ok: true, lines: [made.code] } : told(made, "");
  },
};

type Done = { readonly ok: true } | { readonly ok: false; readonly code: keyof typeof whys };

const whys = {
  name_taken: "there is an account of this name: chat-server user passwd NAME gives it another password",
  looks_alike: "this name looks like that of another account: chat-server user list shows them",
  unknown_user: "there is no account of this name: chat-server user list shows them",
  weak_password: "this password is too easy to guess: take some words that do not belong together",
  too_many: "the server hashes other passwords now: try again",
  storage_full: "there is no room on the disk: free some, then try again",
  unavailable: "the store can't be used now: try again",
} as const;

function told(done: Done, line: string): Told {
  return done.ok ? { ok: true, lines: [line] } : { ok: false, lines: [whys[done.code]] };
}

/** Whoever is connected by it is put out. */
function ended(house: OpenHouse, account: NameKey, done: Done, line: string): Told {
  if (done.ok) house.tell({ type: "loginEnded", account, login: undefined });
  return told(done, line);
}

/** Nobody could log in by one that the server gives to nobody new. */
function newNameOf(username: string): Name {
  const name = whom(username);
  const fault = objection(name);
  if (fault === undefined) return name;
  throw new UsageError(`${JSON.stringify(username)} can be nobody's name: ${fault}`);
}

/** Nobody could log in by one that the wire does not take. */
function passwordOf(password: string): string {
  if (isPassword(password, defaultLimits)) return password;
  throw new UsageError(
    `a password is ${leastPasswordChars} to ${defaultLimits.passwordChars} characters of text`,
  );
}

function now(): WallMillis {
  return Date.now() as WallMillis;
}

function dayOf(at: WallMillis): string {
  return new Date(at).toISOString().slice(0, 10);
}
