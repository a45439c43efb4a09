// What `--check` looks at beyond the options themselves: whether what they name is there. It changes nothing.

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { readPair } from "../tls/pair.js";
import { TlsError } from "../tls/tls-error.js";
import type { Settings } from "./table.js";

/** Lines for people, with the way out. */
export type Look = (settings: Settings) => readonly string[];

export const looks: readonly Look[] = [dataFolder, record, certificate, keyOfTokens];

function certificate({ tlsCert: cert, tlsKey: key }: Settings): readonly string[] {
  if (cert === undefined || key === undefined) return [];
  try {
    const { until } = readPair({ cert, key });
    return until > Date.now()
      ? []
      : [`${cert} is good no more since ${new Date(until).toISOString()}: renew it`];
  } catch (error) {
    if (error instanceof TlsError) return [error.message];
    throw error;
  }
}

function dataFolder({ store, data }: Settings): readonly string[] {
  if (store === "memory") return [];
  let folder = resolve(data);
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory())
    return [`${folder} is a file: choose a folder for the messages with --data`];
  return isWritable(folder)
    ? []
    : [`nothing can be written in ${folder}: give yourself the right, or choose another folder with --data`];
}

function record({ record: file }: Settings): readonly string[] {
  if (file === undefined) return [];
  if (existsSync(file)) return [`${file} is there already: record into a new file with --record`];
  const folder = dirname(resolve(file));
  return existsSync(folder) && isWritable(folder)
    ? []
    : [`nothing can be written in ${folder}: record into another folder with --record`];
}

/** What is in it is looked at when it is opened, and by the doctor. */
function keyOfTokens({ jwtSecretFile, jwtKeyFile }: Settings): readonly string[] {
  const file = jwtSecretFile ?? jwtKeyFile;
  if (file === undefined || existsSync(file)) return [];
  const flag = jwtSecretFile === undefined ? "--jwt-key-file" : "--jwt-secret-file";
  return [`${flag} ${file}: there is no such file`];
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
