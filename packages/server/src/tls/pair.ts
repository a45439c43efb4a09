// A certificate and its key, read from their files and found to belong together.

import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { TlsError } from "./tls-error.js";

export interface PairFiles {
  /** PEM: the server's own certificate first, then those that lead to its issuer. */
  readonly cert: string;
  /** PEM, without a passphrase. */
  readonly key: string;
}

export interface Pair {
  readonly cert: string;
  readonly key: string;
  /** When it stops to be good, in Unix milliseconds. */
  readonly until: number;
}

/** Older versions of TLS are broken. */
export const minVersion = "TLSv1.2";

/** @throws TlsError */
export function readPair(files: PairFiles): Pair {
  const cert = read(files.cert, "--tls-cert");
  const key = read(files.key, "--tls-key");
  const certificate = parsed(files.cert, "certificate", () => new X509Certificate(cert));
  const secret = parsed(files.key, "private key without a passphrase", () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(secret))
    throw new TlsError(
      `${files.key} is not the key of the certificate ${files.cert}: name two that belong together`,
    );
  parsed(files.cert, "chain of certificates", () => createSecureContext({ cert, key, minVersion }));
  return { cert, key, until: Date.parse(certificate.validTo) };
}

/** Changes whenever one of the files does, also when it is a link to another one, or can't be looked at. */
export function stateOf({ cert, key }: PairFiles): string {
  return [cert, key].map(stateOfFile).join(", ");
}

function stateOfFile(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

function read(file: string, flag: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new TlsError(
      `can't read ${file}: ${code === "ENOENT" ? "there is no such file" : code}; ${flag} names it`,
    );
  }
}

/** What is in a file may be a secret: of what is wrong with it only is told what it should have been. */
function parsed<Value>(file: string, what: string, parse: () => Value): Value {
  try {
    return parse();
  } catch {
    throw new TlsError(`${file} has no ${what} in PEM form`);
  }
}
