// What becomes of a login and of a password: the one lasts longer, the other is another.

import type { NameKey, Refresh, SetPassword, WallMillis } from "chat-hub";
import type { Answer, Desk } from "./desk.js";
import { expired, findAccount, notLetIn, tooMany, unavailable, weak } from "./desk.js";
import { accountChange, loginChange, newSeries, newToken, readLogin, verifiedBy } from "./kept.js";
import { isWeak } from "./weak.js";

/** The token that was shown is good until it would have ended: the answer may not arrive. */
export async function refresh(desk: Desk, { account: key, login: name, at }: Refresh): Answer<"refresh"> {
  const known = await desk.records({ type: "recall", kind: "login", key: name, at });
  if (!known.ok) return known;
  const found = await findAccount(desk.records, key as NameKey, at);
  if (!found.ok) return found;
  const login = known.record && readLogin(known.record);
  const { account } = found;
  if (login === undefined || login.account !== key || login.series !== account?.series) return notLetIn;
  if (account.disabled) return notLetIn;
  if (login.until <= at) return expired;
  const { token, hash } = newToken(name);
  const until = (at + desk.choice.loginLifeMs) as WallMillis;
  const newer = { ...login, hash, until, before: { hash: login.hash, until: login.until } };
  const change = loginChange(newer, known.record?.value ?? null);
  const kept = await desk.records({ type: "keep", changes: [change], at });
  if (!kept.ok) return kept;
  return kept.kept ? { ...verifiedBy(account, name, until), token } : unavailable;
}

/** Another series begins, which this login goes on in. */
export async function setPassword(
  desk: Desk,
  { key, login: name, old, password, at }: SetPassword,
): Answer<"setPassword"> {
  if (isWeak(password, { key })) return weak;
  const found = await findAccount(desk.records, key, at);
  if (!found.ok) return found;
  const isRight = await desk.hashes.matches(old, found.account?.hash);
  if (isRight === undefined) return tooMany;
  if (!isRight || found.account === undefined || found.account.disabled) return notLetIn;
  const hash = await desk.hashes.make(password);
  if (hash === undefined) return tooMany;
  const known = await desk.records({ type: "recall", kind: "login", key: name, at });
  if (!known.ok) return known;
  const series = newSeries();
  const own =
    known.record === undefined
      ? []
      : [loginChange({ ...readLogin(known.record), series }, known.record.value)];
  const changes = [accountChange({ ...found.account, hash, series }, found.value), ...own];
  const kept = await desk.records({ type: "keep", changes, at });
  if (!kept.ok) return kept;
  return kept.kept ? { ok: true } : unavailable;
}
