// Making an account for oneself: for anybody, for whoever has a code, or for nobody.

import type { Register, WallMillis } from "chat-hub";
import type { Answer, Desk } from "./desk.js";
import { newAccount } from "./desk.js";
import { inviteChange, inviteKey, readInvite } from "./kept.js";

export async function register(desk: Desk, call: Register): Answer<"register"> {
  const { invite, at } = call;
  const { registration } = desk.choice;
  if (registration === "closed") return { ok: false, code: "registration_closed" };
  const used =
    registration === "open" ? ({ ok: true, change: [] } as const) : await useInvite(desk, invite, at);
  if (!used.ok) return used;
  const made = await newAccount(desk, call);
  if (!made.ok) return made;
  const begun = await desk.exchange.begin(made.account, null, [made.look, ...used.change], at);
  // The name, or what it looks like, was taken, or the code was used, a moment ago.
  if (begun.ok) return begun;
  const { code } = begun;
  return code === "not_let_in" ? register(desk, call) : { ok: false, code };
}

async function useInvite(desk: Desk, code: string | undefined, at: WallMillis) {
  const needed = { ok: false, code: "invite_needed" } as const;
  if (code === undefined) return needed;
  const key = inviteKey(code);
  const known = await desk.records({ type: "recall", kind: "invite", key, at });
  if (!known.ok) return known;
  if (known.record === undefined) return needed;
  const { uses, until } = readInvite(known.record);
  return { ok: true, change: [inviteChange(key, { uses: uses - 1, until }, known.record.value)] } as const;
}
