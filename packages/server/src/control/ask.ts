// The shell's end: whoever has the directory open does it, and if nobody has, we do.

import { existsSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import type { Asked, Errands, Told } from "./errand.js";
import { carryOut, ErrandError } from "./errand.js";
import { openHouse } from "./open-house.js";
import { socketPath } from "./socket.js";

/** What may be done before a server first starts: then the directory is made as it would make it. */
const beginning: ReadonlySet<string> = new Set(["user add", "user invite"]);

/**
 * Has an errand carried out in the house of `directory`.
 * @throws ErrandError, StoreError
 */
export async function askHouse(directory: string, errands: Errands, asked: Asked): Promise<Told> {
  const path = socketPath(directory);
  const told = path === undefined || !existsSync(path) ? undefined : await askServer(path, asked);
  if (told !== undefined) return told;
  if (!existsSync(join(directory, "chat.db")) && !beginning.has(asked.errand))
    throw new ErrandError(
      `no server has kept anything in ${directory} yet: start it once, or name its directory with --data`,
    );
  return openAndDo(directory, errands, asked);
}

/** Nothing: nobody listens there any more. */
function askServer(path: string, asked: Asked): Promise<Told | undefined> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = createConnection({ path, allowHalfOpen: true });
    socket.setEncoding("utf8");
    socket.on("connect", () => socket.end(JSON.stringify(asked)));
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED" || error.code === "ENOENT") resolve(undefined);
      else if (error.code === "EACCES")
        reject(new ErrandError(`only whoever runs the server may talk to it: ${path} is not yours`));
      else reject(new ErrandError(`the server could not be asked: ${error.message}`));
    });
    socket.on("end", () => {
      try {
        resolve(JSON.parse(text) as Told);
      } catch {
        reject(new ErrandError("the server ended before it answered: look whether it was done"));
      }
    });
  });
}

async function openAndDo(directory: string, errands: Errands, asked: Asked): Promise<Told> {
  const house = await openHouse(directory);
  try {
    return await carryOut(errands, house, asked);
  } finally {
    await house.close();
  }
}
