// A token as it came, taken apart strictly before any key is looked for. What it says of itself decides
// nothing yet: nobody has vouched for it.

import type { Limits, Result } from "chat-hub";
import { fault, ok } from "chat-hub";

export type Members = Readonly<Record<string, unknown>>;

export interface Token {
  readonly text: string;
  readonly header: TokenHeader;
  readonly claims: Members;
  /** The part that is signed. The same claims may be signed by more than one text. */
  readonly signed: string;
}

/** What of a header counts. `jwk`, `jku`, `x5u`, `x5c` don't: a token never says which key it is good for. */
export interface TokenHeader {
  readonly alg: string;
  readonly kid: string | undefined;
}

const shape = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
/** What may stand as `typ`. Signed things of other kinds, such as a logout, are no login (RFC 8725, 3.11). */
const types: ReadonlySet<string> = new Set(["jwt", "at+jwt", "application/jwt", "application/at+jwt"]);

/** Total: any string is a token, or the reason why it is none, for whoever runs the server. */
export function readToken(text: string, limits: Limits): Result<Token, string> {
  const [, most] = limits.signedTokenChars;
  if (text.length > most) return fault(`it has more than ${most} characters`);
  if (!shape.test(text)) return fault("it is not three parts of base64url");
  const parts = text.split(".").map((part) => Buffer.from(part, "base64url"));
  // Bits that no byte has room for: the same token would have several texts.
  if (parts.map((part) => part.toString("base64url")).join(".") !== text)
    return fault("it is not written in plain base64url");
  const [first, second] = parts as [Buffer, Buffer, Buffer];
  const header = readMembers(first);
  const claims = readMembers(second);
  if (header === undefined) return fault("its header is no JSON object with each name once");
  if (claims === undefined) return fault("its claims are no JSON object with each name once");
  const read = readHeader(header);
  if (!read.ok) return read;
  return ok({ text, header: read.value, claims, signed: text.slice(0, text.lastIndexOf(".")) });
}

function readHeader(header: Members): Result<TokenHeader, string> {
  const { alg, kid, typ } = header;
  if (typeof alg !== "string") return fault("its header names no algorithm");
  if (kid !== undefined && typeof kid !== "string") return fault("the kid of its header is no string");
  if (Object.hasOwn(header, "crit")) return fault("its header asks for an extension (crit)");
  if (typ !== undefined && (typeof typ !== "string" || !types.has(typ.toLowerCase())))
    return fault("it is signed as something else than a login (typ)");
  return ok({ alg, kid });
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function readMembers(bytes: Buffer): Members | undefined {
  try {
    const text = utf8.decode(bytes);
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value) || repeatsName(text))
      return undefined;
    return value as Members;
  } catch {
    return undefined;
  }
}

const nameOrBrace = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g;

/** Whether an object in this JSON has a name twice: readers disagree about which of the two counts. */
function repeatsName(json: string): boolean {
  const open: Set<string>[] = [];
  for (const [piece, colon] of json.matchAll(nameOrBrace)) {
    if (piece === "{") open.push(new Set());
    else if (piece === "}") open.pop();
    else if (colon !== undefined) {
      const names = open.at(-1);
      const name = JSON.parse(piece.slice(0, -colon.length)) as string;
      if (names?.has(name)) return true;
      names?.add(name);
    }
  }
  return false;
}
