// What the server wants of whoever comes in, asked at the door on a connection of its own, until it says so.

import type { Entrance } from "chat-hub";
import { entranceQuestion, readEntrance } from "chat-hub";

/** How soon a server that did not say is asked again. */
const repeatMs = 2_000;

/** Tells it once. The function it gives back stops asking. */
export function askEntrance(url: string, tell: (entrance: Entrance) => void): () => void {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  const stop = (): void => {
    over = true;
    clearTimeout(timer);
    socket?.close();
  };
  const ask = (): void => {
    const opened = new WebSocket(url);
    socket = opened;
    opened.onopen = () => opened.send(entranceQuestion);
    opened.onmessage = ({ data }) => {
      const entrance = readEntrance(String(data));
      if (over || entrance === undefined) return;
      stop();
      tell(entrance);
    };
    opened.onclose = () => {
      if (!over) timer = setTimeout(ask, repeatMs);
    };
  };
  ask();
  return stop;
}
