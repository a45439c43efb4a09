// Asks a server what it wants of whoever comes in, on a connection of its own.

import type { Entrance } from "chat-hub";
import { entranceQuestion, readEntrance } from "chat-hub";
import { openSocketTo } from "../line.js";

/** How long it has to say so. */
const entranceMs = 5_000;

/** Nothing if it can't be reached, or does not say: why is found out when it is called in earnest. */
export function askEntrance(url: string, ca: string | undefined): Promise<Entrance | undefined> {
  const socket = openSocketTo(url, ca);
  return new Promise((resolve) => {
    const end = (entrance?: Entrance): void => {
      clearTimeout(timer);
      resolve(entrance);
      socket.close(1000);
    };
    const timer = setTimeout(end, entranceMs);
    socket.on("open", () => socket.send(entranceQuestion));
    socket.on("message", (bytes) => {
      const entrance = readEntrance(String(bytes));
      if (entrance !== undefined) end(entrance);
    });
    socket.on("error", () => {});
    socket.on("close", () => end());
  });
}
