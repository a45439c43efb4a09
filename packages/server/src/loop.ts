// The shell around the hub, and as boring as it can be: facts in, deeds carried out, one timer. It
// knows nothing of chat.

import type {
  AskId,
  ConnectionId,
  Effect,
  Fact,
  Hub,
  Millis,
  Store,
  StoreAnswer,
  WallMillis,
} from "chat-hub";
import { closings, unreachable } from "chat-hub";
import type { ChatSocket } from "./sockets/chat-socket.js";
import { FanOut } from "./sockets/fan-out.js";

export class Loop {
  readonly #hub: Hub;
  readonly #store: Store<AskId>;
  readonly #sockets = new Map<ConnectionId, ChatSocket>();
  readonly #fanOut = new FanOut();
  readonly #facts: Fact[] = [];
  #busy = false;
  #timer: NodeJS.Timeout | undefined;
  #timerDue = Number.POSITIVE_INFINITY;

  constructor(store: Store<AskId>, hub: Hub) {
    this.#store = store;
    this.#hub = hub;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  add(connection: ConnectionId, socket: ChatSocket): void {
    this.#sockets.set(connection, socket);
  }

  remove(connection: ConnectionId): void {
    const socket = this.#sockets.get(connection);
    if (socket === undefined) return;
    this.#sockets.delete(connection);
    this.#fanOut.forget(socket);
  }

  answered(ask: AskId, answer: StoreAnswer): void {
    this.feed({ type: "answered", ask, answer });
  }

  /** Hands a fact to the hub; one that comes while deeds are carried out waits for its turn. */
  feed(fact: Fact): void {
    this.#facts.push(fact);
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#facts.shift(); next !== undefined; next = this.#facts.shift()) {
      const at = performance.now() as Millis;
      const effects = this.#hub.handle({ ...next, at, wall: Date.now() as WallMillis });
      for (const effect of effects) this.#carryOut(effect);
    }
    this.#busy = false;
    this.#setTimer();
  }

  /** Ends what is still open after `ms`. */
  async closeSockets(ms: number): Promise<void> {
    this.#fanOut.flush();
    const until = performance.now() + ms;
    while (this.#sockets.size > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const socket of this.#sockets.values()) socket.terminate();
    clearTimeout(this.#timer);
  }

  #carryOut(effect: Effect): void {
    switch (effect.type) {
      case "send":
        return this.#with(effect.connection, (socket) => this.#fanOut.send(socket, effect.frame));
      case "publish": {
        const except = effect.except === undefined ? undefined : this.#sockets.get(effect.except);
        return this.#fanOut.publish(effect.topic, effect.frame, except);
      }
      case "subscribe":
        return this.#with(effect.connection, (socket) => this.#fanOut.subscribe(socket, effect.topic));
      case "unsubscribe":
        return this.#with(effect.connection, (socket) => this.#fanOut.unsubscribe(socket, effect.topic));
      case "ask":
        return this.#store.ask(effect.ask, effect.call);
      case "close": {
        const { code, reason } = closings[effect.closing];
        this.#fanOut.flush();
        return this.#with(effect.connection, (socket) => socket.close(code, reason));
      }
      case "pause":
        return this.#with(effect.connection, (socket) => socket.hold(effect.ms));
      case "ping":
        this.#fanOut.flush();
        return this.#with(effect.connection, (socket) => this.#ping(effect.connection, socket));
      default:
        return unreachable(effect);
    }
  }

  #with(connection: ConnectionId, act: (socket: ChatSocket) => void): void {
    const socket = this.#sockets.get(connection);
    if (socket !== undefined) act(socket);
  }

  #ping(connection: ConnectionId, socket: ChatSocket): void {
    const { queued, moved } = socket.probe();
    if (socket.readyState === socket.OPEN) socket.ping();
    this.feed({ type: "pinged", connection, queued, moved });
  }

  #setTimer(): void {
    const due = this.#hub.deadline();
    if (due === undefined || due >= this.#timerDue) return;
    clearTimeout(this.#timer);
    this.#timerDue = due;
    this.#timer = setTimeout(
      () => {
        this.#timerDue = Number.POSITIVE_INFINITY;
        this.feed({ type: "elapsed" });
      },
      Math.max(0, due - performance.now()) + 1,
    );
  }
}
