// What those who look after the house can have done in it: over the wire by admins, or at the shell.

import type { NameKey } from "./ids.js";

export type HouseOrder =
  /** Their connections are ended; they may come back. */
  | { readonly type: "kick"; readonly who: NameKey; readonly reason: string }
  /** The user, and the addresses they are connected from (`true`), or one address. One of `who` and an address is there. */
  | {
      readonly type: "ban";
      readonly who: NameKey | undefined;
      readonly address: string | true | undefined;
      readonly forSeconds: number | undefined;
      readonly reason: string;
    }
  /** The user, with the addresses that were banned with them, or one address. */
  | { readonly type: "unban"; readonly who: NameKey | undefined; readonly address: string | undefined }
  | {
      readonly type: "silence";
      readonly who: NameKey;
      readonly on: boolean;
      readonly forSeconds: number | undefined;
      readonly reason: string;
    }
  | { readonly type: "role"; readonly who: NameKey; readonly role: "admin" | "member" }
  /** Seconds between two messages of one person to everyone; 0 = as they like. */
  | { readonly type: "slow"; readonly seconds: number }
  /** Seconds that what is written to everyone is kept; 0 = as everywhere. */
  | { readonly type: "retention"; readonly seconds: number }
  /** Nobody but admins writes. */
  | { readonly type: "readOnly"; readonly on: boolean; readonly reason: string }
  | { readonly type: "announce"; readonly message: string };
