// What somebody shows with an upgrade, in its headers: `Authorization`, or as browsers can, who may not set that
// one, a subprotocol. What can't be read counts as not shown.

import type { IncomingMessage } from "node:http";
import type { Credential } from "chat-hub";

/** The one subprotocol that is spoken here: what else is offered is no protocol, or a secret. */
export const subprotocol = "chat.v1";
const bearer = "bearer.";

export function readCredential({ headers }: Pick<IncomingMessage, "headers">): Credential | undefined {
  const { authorization, "sec-websocket-protocol": offered } = headers;
  const [, scheme = "", shown = ""] = /^(bearer|basic) +(\S+) *$/i.exec(authorization ?? "") ?? [];
  if (scheme.toLowerCase() === "bearer") return { kind: "token", token: ownString(shown) };
  if (scheme !== "") return readBasic(shown);
  const token = (offered ?? "")
    .split(",")
    .map((each) => each.trim())
    .find((each) => each.startsWith(bearer));
  return token === undefined ? undefined : { kind: "token", token: ownString(token.slice(bearer.length)) };
}

/** Base64 of `name:password`, in UTF-8 (RFC 7617). */
function readBasic(encoded: string): Credential | undefined {
  if (!/^[\w+/-]+=*$/.test(encoded)) return undefined;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(encoded, "base64"));
  } catch {
    return undefined;
  }
  const colon = text.indexOf(":");
  return colon < 0
    ? undefined
    : { kind: "password", name: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Which of the subprotocols that are offered is answered: never a secret. */
export function chooseSubprotocol(offered: ReadonlySet<string>): string | false {
  return offered.has(subprotocol) && subprotocol;
}

/** A part of a header keeps all of them in memory. */
function ownString(part: string): string {
  return Buffer.from(part).toString();
}
