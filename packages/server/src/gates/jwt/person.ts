// Who a good token is about: what of its claims counts here, beyond what every token must have.

import { createHash } from "node:crypto";
import type { Limits, Name, Result, WallMillis } from "chat-hub";
import { fault, ok, parseName } from "chat-hub";
import type { JwtChoice } from "./choice.js";
import { lastSecond, subjectChars } from "./limits.js";
import type { Members, Token } from "./token.js";

export interface Person {
  readonly account: string;
  readonly name: Name;
  readonly admin: boolean;
  readonly login: string;
  /** 0 = the token does not say. */
  readonly issuedAt: WallMillis;
  readonly until: WallMillis;
}

/** The person, or why this token names none, for whoever runs the server. */
export function readPerson(
  token: Token,
  choice: JwtChoice,
  limits: Limits,
  at: WallMillis,
): Result<Person, string> {
  const { sub, exp, iat, aud, jti } = token.claims;
  if (!isSubject(sub)) return fault("its sub is no string of 1 to 255 plain characters");
  if (Array.isArray(aud) && !aud.every((each) => typeof each === "string"))
    return fault("its aud is neither a string nor strings");
  if (!isTime(exp)) return fault("its exp is no time");
  if (iat !== undefined && !isTime(iat)) return fault("its iat is no time");
  const issuedAt = Math.floor((iat ?? 0) * 1000) as WallMillis;
  if (issuedAt > at + choice.skewMs) return fault("its iat has not come yet");
  if (jti !== undefined && (typeof jti !== "string" || jti === "")) return fault("its jti is no string");
  const name = readName(token.claims, sub, choice, limits);
  if (!name.ok) return name;
  const account = accountOf(choice.issuer, sub);
  return ok({
    account,
    name: name.value,
    admin: isAdmin(token.claims, choice.adminClaim),
    login: loginOf(account, jti === undefined ? ["signed", token.signed] : ["jti", jti]),
    issuedAt,
    // As long as the token is good here: a clock that is off does not end it at once.
    until: Math.floor(exp * 1000 + choice.skewMs) as WallMillis,
  });
}

/** Who it is for the issuer, whatever they call themselves. An issuer has no space in it. */
export function accountOf(issuer: string, sub: string): string {
  return `jwt:${issuer} ${sub}`;
}

/** A name for the login that gives no access; the same for a token, however often it is shown. */
function loginOf(account: string, what: readonly [kind: string, text: string]): string {
  const hash = createHash("sha256").update(JSON.stringify([account, ...what]));
  return hash.digest("base64url").slice(0, 22);
}

function isSubject(sub: unknown): sub is string {
  return typeof sub === "string" && sub !== "" && sub.length <= subjectChars && !odd.test(sub);
}
/** Control characters, and halves of a pair. */
const odd = /[\p{Cc}\p{Cs}]/u;

function isTime(seconds: unknown): seconds is number {
  return typeof seconds === "number" && seconds >= 0 && seconds <= lastSecond;
}

function readName(claims: Members, sub: string, choice: JwtChoice, limits: Limits): Result<Name, string> {
  const claim = choice.nameClaim ?? "preferred_username";
  const said = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  const text = said === undefined && choice.nameClaim === undefined ? sub : said;
  if (typeof text !== "string") return fault(`its claim ${claim} is no string`);
  const name = parseName(text, limits);
  return name.ok ? name : fault(`its claim ${claim} can't be a name: ${name.fault}`);
}

function isAdmin(claims: Members, wanted: JwtChoice["adminClaim"]): boolean {
  if (wanted === undefined) return false;
  const said = Object.hasOwn(claims, wanted.name) ? claims[wanted.name] : nested(claims, wanted.name);
  if (Array.isArray(said)) return said.includes(wanted.value);
  return said === wanted.value || (said === true && wanted.value === "true");
}

/** `realm_access.roles`: a claim within a claim, where none has the whole name. */
function nested(claims: Members, path: string): unknown {
  let value: unknown = claims;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Members)[name];
  }
  return value;
}
