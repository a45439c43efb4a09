// A certificate that is renewed while the server runs: the files are looked at now and then, through links too,
// since that is how renewers swap them. Connections that are open keep what they have; new ones get the new pair. One that
// can't be used changes nothing.

import type { Server } from "node:https";
import type { Log } from "../log/log.js";
import type { PairFiles } from "./pair.js";
import { minVersion, readPair, stateOf } from "./pair.js";
import { TlsError } from "./tls-error.js";

/** How often the files are looked at. */
const lookMs = 1_000;
/** Two files are not swapped at once: what does not fit is told of only when it has stayed so. */
const looksUntilTold = 3;
const dayMs = 24 * 60 * 60 * 1000;
/** Certificates are renewed before this; after it somebody should look. */
const warnMs = 7 * dayMs;

/** @returns what ends it */
export function renew(server: Server, files: PairFiles, log: Log, everyMs = lookMs): () => void {
  let [used, seen, looks] = [stateOf(files), "", 0];
  const timer = setInterval(() => {
    const state = stateOf(files);
    if (state === used) return;
    looks = state === seen ? looks + 1 : 1;
    seen = state;
    try {
      const { cert, key, until } = readPair(files);
      server.setSecureContext({ cert, key, minVersion });
      used = state;
      log.info("the certificate is renewed", { until: new Date(until).toISOString() });
      warnOfEnd(until, log);
    } catch (error) {
      if (!(error instanceof TlsError)) throw error;
      if (looks === looksUntilTold) log.warn("the old certificate is kept", { why: error.message });
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Says so if a certificate is good no more, or not for long. */
export function warnOfEnd(until: number, log: Log): void {
  if (until - Date.now() > warnMs) return;
  const words =
    until < Date.now() ? "the certificate is good no more: renew it" : "the certificate ends soon: renew it";
  log.warn(words, { until: new Date(until).toISOString() });
}
