// A program as the terminal and the page are: the client core, a WebSocket, a clock. It says one message
// after another and hears everyone from the beginning; coming back, repeating and filling gaps is the
// core's own. What its person is told is what is held against the log.

import type {
  Client,
  ClientEffect,
  ClientEvent,
  ClientFact,
  ClientLimits,
  ConversationState,
  Millis,
} from "chat-hub";
import { createClient } from "chat-hub";
import { WebSocket } from "ws";
import type { Chance } from "../../support/chance.ts";
import type { Latencies } from "./latency.ts";
import { Listener } from "./listener.ts";
import type { Acked, Speaker } from "./sender.ts";

export interface CoreWish {
  readonly username: string;
  /** Which of its person's programs it is, if there are several. */
  readonly device?: string | undefined;
  /** `ws://127.0.0.1:8001`, or that of a proxy before it. */
  readonly url: string;
  readonly chance: Chance;
  readonly latencies: Latencies;
  readonly limits?: Partial<ClientLimits> | undefined;
  /** From an ack to the next message. Default 0: as fast as it is acked. */
  readonly paceMs?: number | undefined;
  /** Messages that it has said and that are not acked yet: so many at a time. Default 3. */
  readonly ahead?: number;
}

interface Said {
  readonly message: string;
  readonly at: number;
  readonly phase: Latencies["phase"];
}

export class CoreClient extends Listener implements Speaker {
  readonly username: string;
  readonly acked: Acked[] = [];
  readonly broken: string[] = [];
  /** How often it was online anew. */
  online = 0;
  /** Where it was told that its person stands in everyone. */
  standing: ConversationState | undefined;
  readonly #wish: CoreWish;
  readonly #client: Client;
  readonly #facts: ClientFact[] = [];
  readonly #said = new Map<string, Said>();
  readonly #sockets = new Set<WebSocket>();
  #saidSoFar = 0;
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  #isGone = false;
  readonly #done: Promise<void>;
  #finish: () => void = () => {};

  constructor(wish: CoreWish) {
    super(wish.device === undefined ? wish.username : `${wish.username}/${wish.device}`);
    this.username = wish.username;
    this.#wish = wish;
    this.#done = new Promise((resolve) => {
      this.#finish = resolve;
    });
    this.#client = createClient({
      url: `${wish.url}/ws`,
      username: wish.username,
      token: `${wish.username}-has-a-long-secret`,
      since: "everyone:0",
      receipts: true,
      limits: wish.limits,
    });
    this.tell({ type: "started" });
    this.#say();
  }

  /** Everything up to this place was before its person's eyes. */
  reads(seq: number): void {
    this.tell({ type: "read", conversation: "everyone", seq });
  }

  /** Says nothing new; done when all that it has said is acked. */
  ends(): Promise<void> {
    this.#isOver = true;
    this.#say();
    return this.#done;
  }

  givesUp(): void {
    if (this.#said.size > 0) this.broken.push(`${this.name} waited for acks that did not come`);
    this.leaves();
  }

  /** Is gone, whatever it waits for. */
  leaves(): void {
    this.#isOver = true;
    this.#isGone = true;
    clearTimeout(this.#timer);
    this.#socket = undefined;
    for (const socket of this.#sockets) socket.terminate();
    this.#finish();
  }

  /** Tells the core a fact, and carries out what comes of it. */
  tell(fact: ClientFact): void {
    this.#facts.push(fact);
    // What is told while deeds are being done waits its turn.
    if (this.#facts.length > 1) return;
    for (let next = this.#facts[0]; next !== undefined; this.#facts.shift(), next = this.#facts[0]) {
      const input = { ...next, at: performance.now() as Millis, chance: this.#wish.chance() };
      for (const effect of this.#client.handle(input)) this.#carryOut(effect);
    }
    this.#setTimer();
  }

  #carryOut(effect: ClientEffect): void {
    switch (effect.type) {
      case "open":
        return this.#open(effect.url);
      case "send":
        return this.#socket?.send(effect.frame);
      case "disconnect":
        this.#socket?.close(1000);
        this.#socket = undefined;
        return;
      case "tell":
        return this.#hear(effect.event);
    }
  }

  #open(url: string): void {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    this.#socket = socket;
    this.#sockets.add(socket);
    const tell = (fact: ClientFact): void => {
      if (this.#socket === socket) this.tell(fact);
    };
    socket.on("open", () => tell({ type: "opened" }));
    socket.on("message", (bytes) => tell({ type: "received", frame: String(bytes) }));
    socket.on("error", () => {});
    socket.on("close", (code, reason) => {
      this.#sockets.delete(socket);
      tell({ type: "closed", code, reason: String(reason) });
    });
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    const deadline = this.#client.deadline();
    if (deadline === undefined || this.#isGone) return;
    const wait = Math.max(0, Math.ceil(deadline - performance.now()));
    this.#timer = setTimeout(() => this.tell({ type: "elapsed" }), wait);
  }

  #say(): void {
    const { latencies, ahead = 3 } = this.#wish;
    while (!this.#isOver && this.#said.size < ahead) {
      const message = `${this.name} ${this.#saidSoFar}`;
      const nonce = `${this.name}-${String(this.#saidSoFar).padStart(16, "0")}`;
      this.#saidSoFar += 1;
      this.#said.set(nonce, { message, at: performance.now(), phase: latencies.phase });
      this.tell({ type: "said", nonce, to: "everyone", message });
    }
    if (this.#isOver && this.#said.size === 0) this.#finish();
  }

  #hearAck({ nonce, ack }: Extract<ClientEvent, { type: "acked" }>): void {
    const { seq, at, duplicate = false } = ack;
    const said = this.#said.get(nonce);
    if (said === undefined || seq === undefined || at === undefined) {
      this.broken.push(`${this.name} is told an ack of ${nonce}, which does not wait for one`);
      return;
    }
    this.#said.delete(nonce);
    this.#wish.latencies.note(performance.now() - said.at, said.phase);
    this.acked.push({ message: said.message, seq, at, duplicate });
    const { paceMs = 0 } = this.#wish;
    if (paceMs === 0 || this.#isOver) this.#say();
    else setTimeout(() => this.#say(), paceMs);
  }

  #hear(event: ClientEvent): void {
    switch (event.type) {
      case "connection":
        if (event.connection.state === "online") this.online += 1;
        if (event.connection.state === "refused" || event.connection.state === "ended")
          this.broken.push(`${this.name} is ${JSON.stringify(event.connection)}`);
        return;
      case "entry":
        if (event.entry.conversation !== "everyone") return;
        return this.takes(event.entry.seq, event.entry.kind === "message" ? event.entry.message : undefined);
      case "standing":
        if (event.standing.conversation === "everyone") this.standing = event.standing;
        return;
      case "acked":
        return this.#hearAck(event);
      case "refused":
      case "reset":
      case "gone":
        this.broken.push(`${this.name} is told ${JSON.stringify(event)}`);
        return;
      default:
        return;
    }
  }
}
