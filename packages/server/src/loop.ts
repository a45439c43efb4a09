// The shell around the hub, and as boring as it can be: facts in, deeds carried out, one timer. It
// knows nothing of chat.

import type {
  AskId,
  ConnectionId,
  Effect,
  Fact,
  GateAnswer,
  GateCall,
  HouseOrder,
  Hub,
  Input,
  Millis,
  Outcome,
  StoreAnswer,
  StoreCall,
  WallMillis,
} from "chat-hub";
import { closings, isGateCall, unreachable, writingCalls } from "chat-hub";
import { Later } from "./later.js";
import { Journal } from "./log/journal.js";
import { noLog } from "./log/log.js";
import type { SocketFigures } from "./metrics/figures.js";
import { Orders } from "./orders.js";
import type { ChatSocket, Reports } from "./sockets/chat-socket.js";
import { Crowd } from "./sockets/crowd.js";
import { FanOut } from "./sockets/fan-out.js";
import { Timer } from "./timer.js";

const writing = new Set<StoreCall["type"]>(writingCalls);

/** What the loop has of the hub: facts in, deeds out. */
export type Door = Pick<Hub, "handle" | "deadline">;

/** Whoever answers such calls, to `answered`. */
interface Asked<Call> {
  ask(ask: AskId, call: Call): void;
}

export class Loop implements Reports {
  readonly #hub: Door;
  readonly #store: Asked<StoreCall>;
  readonly #gate: Asked<GateCall> | undefined;
  readonly #later: Later;
  readonly #journal: Journal;
  readonly #sockets = new Crowd();
  readonly #fanOut = new FanOut();
  readonly #inputs: Input[] = [];
  /** Questions that the store has not answered. They may be overtaken, so their answers can wait. */
  readonly #questions = new Set<AskId>();
  readonly #orders = new Orders();
  #busy = false;
  /** All facts of one turn of the event loop have the time of its first, in whole milliseconds: they take no memory of their own. */
  #at = 0 as Millis;
  #wall = 0 as WallMillis;
  #framesReceived = 0;
  #turn: NodeJS.Immediate | undefined;
  readonly #timer = new Timer(() => this.feed({ type: "elapsed" }));

  /** The hub asks a gate only if it was made for one. */
  constructor(
    store: Asked<StoreCall>,
    hub: Door,
    later = new Later(),
    journal = new Journal(noLog),
    gate?: Asked<GateCall>,
  ) {
    this.#store = store;
    this.#gate = gate;
    this.#later = later;
    this.#hub = hub;
    this.#journal = journal;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** What the sockets and the loop have counted. O(connections). */
  figures(): SocketFigures {
    return {
      ...this.#sockets.figures(),
      framesReceived: this.#framesReceived,
      framesSent: this.#fanOut.sent,
      deliveries: this.#fanOut.delivered,
      waiting: this.#later.length,
    };
  }

  add(connection: ConnectionId, socket: ChatSocket): void {
    this.#sockets.add(connection, socket);
  }

  // The two facts of which there are the most are made in one piece, with their time in them.

  received(connection: ConnectionId, frame: string | undefined): void {
    this.#framesReceived += 1;
    this.#begin();
    this.#take({ type: "received", connection, frame, at: this.#at, wall: this.#wall });
  }

  answered(ask: AskId, answer: StoreAnswer | GateAnswer): void {
    if (this.#questions.delete(ask)) this.#later.push(() => this.#answer(ask, answer));
    else this.#answer(ask, answer);
  }

  congested(connection: ConnectionId): void {
    // Not from within the fan-out's loop over its members.
    if (this.#busy) this.feed({ type: "congested", connection });
    else queueMicrotask(() => this.feed({ type: "congested", connection }));
  }

  drained(connection: ConnectionId): void {
    this.feed({ type: "drained", connection });
  }

  ponged(connection: ConnectionId): void {
    this.feed({ type: "ponged", connection });
  }

  prodded(connection: ConnectionId): void {
    this.feed({ type: "prodded", connection });
  }

  closed(connection: ConnectionId, clean: boolean): void {
    this.feed({ type: "closed", connection, clean });
    const socket = this.#sockets.get(connection);
    if (socket === undefined) return;
    this.#sockets.remove(connection, socket);
    this.#fanOut.forget(socket);
  }

  feed(fact: Fact): void {
    this.#begin();
    this.#take({ ...fact, at: this.#at, wall: this.#wall });
  }

  /** Has something done in the house, in the name of whoever runs the server. */
  order(what: HouseOrder): Promise<Outcome> {
    return this.#orders.order((order) => this.feed({ type: "ordered", order, what }));
  }

  /** The store has answered everything. */
  stopped(): void {
    this.#later.finish();
    this.feed({ type: "stopped" });
  }

  /** Ends what is still open after `ms`. */
  async closeSockets(ms: number): Promise<void> {
    this.#fanOut.flush();
    const until = performance.now() + ms;
    while (this.#sockets.size > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const socket of this.#sockets.values()) socket.terminate();
    this.#timer.stop();
  }

  #answer(ask: AskId, answer: StoreAnswer | GateAnswer): void {
    this.#begin();
    this.#take({ type: "answered", ask, answer, at: this.#at, wall: this.#wall });
  }

  #begin(): void {
    if (this.#turn !== undefined) return;
    this.#at = Math.floor(performance.now()) as Millis;
    this.#wall = Date.now() as WallMillis;
    this.#turn = setImmediate(() => this.#end());
  }

  #end(): void {
    this.#turn = undefined;
    this.#timer.set(this.#hub.deadline());
  }

  /** Hands a fact to the hub; one that comes while deeds are carried out waits for them. */
  #take(input: Input): void {
    if (this.#busy) {
      this.#inputs.push(input);
      return;
    }
    this.#busy = true;
    for (let next: Input | undefined = input; next !== undefined; next = this.#inputs.shift()) {
      for (const effect of this.#hub.handle(next)) this.#carryOut(effect);
    }
    this.#busy = false;
  }

  #carryOut(effect: Effect): void {
    switch (effect.type) {
      case "send": {
        const socket = this.#sockets.get(effect.connection);
        return socket === undefined ? undefined : this.#fanOut.send(socket, effect.frame);
      }
      case "publish": {
        const except = effect.except === undefined ? undefined : this.#sockets.get(effect.except);
        return this.#fanOut.publish(effect.topic, effect.frame, except);
      }
      case "share":
        return this.#fanOut.share(this.#socketsOf(effect.connections), effect.frames);
      case "subscribe":
        return this.#with(effect.connection, (socket) => this.#fanOut.subscribe(socket, effect.topic));
      case "unsubscribe":
        return this.#with(effect.connection, (socket) => this.#fanOut.unsubscribe(socket, effect.topic));
      case "ask":
        return this.#ask(effect.ask, effect.call);
      case "close": {
        const { code, reason } = closings[effect.closing];
        this.#fanOut.flush();
        return this.#with(effect.connection, (socket) => {
          this.#journal.ends(effect.connection, effect.closing, socket.address);
          socket.close(code, reason);
        });
      }
      case "pause":
        return this.#with(effect.connection, (socket) => socket.hold(effect.ms));
      case "ping":
        this.#fanOut.flush();
        return this.#with(effect.connection, (socket) => this.#ping(effect.connection, socket));
      case "report":
        return this.#orders.reported(effect.order, effect.outcome);
      default:
        return unreachable(effect);
    }
  }

  #ask(ask: AskId, call: StoreCall | GateCall): void {
    if (isGateCall(call)) return this.#gate?.ask(ask, call);
    if (!writing.has(call.type)) this.#questions.add(ask);
    this.#store.ask(ask, call);
  }

  #with(connection: ConnectionId, act: (socket: ChatSocket) => void): void {
    const socket = this.#sockets.get(connection);
    if (socket !== undefined) act(socket);
  }

  #socketsOf(connections: readonly ConnectionId[]): ChatSocket[] {
    return connections.flatMap((connection) => this.#sockets.get(connection) ?? []);
  }

  #ping(connection: ConnectionId, socket: ChatSocket): void {
    const { queued, moved } = socket.probe();
    if (socket.readyState === socket.OPEN) socket.ping();
    this.feed({ type: "pinged", connection, queued, moved });
  }
}
