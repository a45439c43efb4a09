// Why a socket failed, in words for people, with the way out where there is one.

import type { Failure } from "./exits.js";

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "it hung up",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the name of the host can't be looked up now",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "there is no way to this host",
  ENETUNREACH: "there is no network",
};

const untrusted = {
  reason: "its certificate is signed by nobody whom this machine trusts",
  way: "If it is yours, --ca FILE trusts it.",
};
const certificates: Readonly<Record<string, Failure>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: { reason: "its certificate has expired", way: "Whoever runs it must renew it." },
  CERT_NOT_YET_VALID: { reason: "its certificate is not valid yet", way: "Check the clock of this machine." },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason: "its certificate is for another host",
    way: "Use the name that the certificate is for.",
  },
};

export function explain(error: Error, url: string): Failure {
  const answer = /Unexpected server response: (\d+)/.exec(error.message)?.[1];
  if (answer !== undefined) {
    const reason = `it answered ${answer} and opened no WebSocket`;
    return { reason, way: "Is there a chat-server behind this address?" };
  }
  const code = "code" in error ? String(error.code) : "";
  const isSecure = url.startsWith("wss:");
  if (isSecure && /wrong.version|packet.length|EPROTO/i.test(`${code} ${error.message}`)) {
    return { reason: "it does not speak TLS", way: `Try ${url.replace(/^wss/, "ws")}` };
  }
  const certificate = certificates[code];
  if (certificate !== undefined) return certificate;
  const reason = reasons[code] ?? (error.message === "" ? code : error.message);
  const hungUp = code === "ECONNRESET" && !isSecure;
  return hungUp ? { reason, way: `If it speaks TLS, try ${url.replace(/^ws/, "wss")}` } : { reason };
}
