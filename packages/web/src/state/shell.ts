// The shell around the client core: it brings facts in (socket, clock, chance) and carries deeds out. It knows no
// word of the protocol.

import type { Client, ClientEvent, ClientInput } from "chat-hub";
import { unreachable } from "chat-hub";

type Untimed<Input> = Input extends unknown ? Omit<Input, "at" | "chance"> : never;
/** A fact without its moment, which is added here. */
export type Fact = Untimed<ClientInput>;

type Moment = Pick<ClientInput, "at" | "chance">;

/** Browsers count a timer's milliseconds in 31 bits. */
const longestTimerMs = 2 ** 31 - 1;

/** Runs a client until it has nothing more to do. The function it gives back takes facts. */
export function runClient(client: Client, tell: (event: ClientEvent) => void): (fact: Fact) => void {
  const waiting: Fact[] = [];
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;

  // A deed may cause a fact (a person's side that answers an event): it waits until all deeds are done.
  const feed = (fact: Fact): void => {
    waiting.push(fact);
    if (busy) return;
    busy = true;
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        for (const effect of client.handle({ ...next, ...moment() } as ClientInput)) {
          switch (effect.type) {
            case "open":
              socket = open(effect.url);
              break;
            case "send":
              if (socket?.readyState === WebSocket.OPEN) socket.send(effect.frame);
              break;
            case "disconnect":
              drop();
              break;
            case "tell":
              tell(effect.event);
              break;
            default:
              unreachable(effect);
          }
        }
      }
    } finally {
      busy = false;
    }
    arm();
  };

  const open = (url: string): WebSocket => {
    drop();
    const opened = new WebSocket(url);
    const heard = (fact: Fact): void => {
      if (socket === opened) feed(fact);
    };
    opened.onopen = () => heard({ type: "opened" });
    opened.onmessage = ({ data: frame }) => heard({ type: "received", frame: String(frame) });
    opened.onclose = ({ code, reason }) => {
      if (socket !== opened) return;
      socket = undefined;
      feed({ type: "closed", code, reason });
    };
    return opened;
  };

  const drop = (): void => {
    const dropped = socket;
    socket = undefined;
    dropped?.close();
  };

  const arm = (): void => {
    clearTimeout(timer);
    const deadline = client.deadline();
    if (deadline === undefined) return;
    const wait = Math.min(Math.max(0, deadline - performance.now()), longestTimerMs);
    timer = setTimeout(() => feed({ type: "elapsed" }), wait);
  };

  return feed;
}

function moment(): Moment {
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1));
  return { at: performance.now() as Moment["at"], chance: chance / 2 ** 32 };
}
