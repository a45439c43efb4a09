// Who may come in, and whether what they show can be read on the way.

import { judging } from "../gates/choice.js";
import type { Settings } from "../options/table.js";
import type { PairFiles } from "../tls/pair.js";
import { readPair } from "../tls/pair.js";
import { TlsError } from "../tls/tls-error.js";
import type { Finding } from "./finding.js";
import { bad, good, odd } from "./finding.js";

const dayMs = 24 * 60 * 60 * 1000;
/** So long before its end a certificate wants to be renewed, since some are renewed in their last month only. */
const soonDays = 14;

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** Whether the pair fits, and is good now, is looked at with the options (options/looks.ts). */
export function lookAtTls({ host, tlsCert: cert, tlsKey: key, trustProxy }: Settings): readonly Finding[] {
  if (cert !== undefined && key !== undefined) {
    const until = endOf({ cert, key });
    const days = Math.floor((until - Date.now()) / dayMs);
    if (days < 0) return [];
    const line = `${cert} is good until ${new Date(until).toISOString().slice(0, 10)}`;
    return [days < soonDays ? odd(`${line}, and that is soon: renew it`) : good(line)];
  }
  if (loopback.test(host)) return [good("without TLS, and reached from this machine only")];
  return trustProxy.length > 0
    ? [good("without TLS, behind a proxy that is to end it")]
    : [
        odd(
          `on ${host} without TLS whatever is said, and shown to come in, can be read on the way: --tls-cert and --tls-key, or a proxy and --trust-proxy`,
        ),
      ];
}

export async function lookAtAuth(settings: Settings): Promise<readonly Finding[]> {
  const { auth, registration, yesOpen } = settings;
  if (auth === "jwt") {
    const judged = await judging(settings);
    return [judged.ok ? good(`signed tokens are judged by ${judged.value}`) : bad(judged.fault)];
  }
  if (auth === "password") return [good(`accounts are kept here; registration is ${registration}`)];
  const line = "open: whoever reaches it can take any name that is free";
  return [yesOpen ? odd(`${line}; --auth password asks who it is`) : good(line)];
}

/** When a pair stops to be good; one that does not fit never was. */
function endOf(files: PairFiles): number {
  try {
    return readPair(files).until;
  } catch (error) {
    if (error instanceof TlsError) return 0;
    throw error;
  }
}
