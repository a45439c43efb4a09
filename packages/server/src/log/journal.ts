// What becomes of connections, in the log: which were refused or ended by the server, and, for whoever looks closely, all
// that come and go. Strangers decide how many there are to tell of, so of each kind only so many lines are written.

import type { Closing, ConnectionId, Hub, Input } from "chat-hub";
import type { Log, LogFacts } from "./log.js";

/** One line of a kind in so long; the next one says how many were left out. */
const quietMs = 1_000;

/** Endings that whoever runs the server may have to do something about. */
const told: ReadonlySet<Closing> = new Set<Closing>([
  "banned",
  "crowded",
  "flood",
  "guessing",
  "notLetIn",
  "tryLater",
]);

export class Journal {
  readonly #log: Log;
  readonly #now: () => number;
  readonly #kinds = new Map<string, { at: number; left: number }>();

  constructor(log: Log, now: () => number = () => performance.now()) {
    this.#log = log;
    this.#now = now;
  }

  /** An upgrade was not let through. `why` is always the same for the same reason. */
  refused(why: string, facts: LogFacts): void {
    this.#tell(why, facts);
  }

  /** Something of which strangers decide how often it happens. `what` is always the same for the same thing. */
  notes(what: string, facts: LogFacts): void {
    this.#tell(what, facts);
  }

  /** The hub ends a connection. */
  ends(connection: ConnectionId, closing: Closing, address: string | undefined): void {
    if (told.has(closing)) this.#tell("a connection is ended", { why: closing, connection, address });
  }

  /** The hub, with a line for each connection that comes, is let in or goes; as it is, if nobody wants to read them. */
  watch(hub: Hub): Hub {
    return this.#log.isDebug ? watched(hub, this.#log) : hub;
  }

  #tell(what: string, facts: LogFacts): void {
    const kind = `${what} ${facts["why"]}`;
    const now = this.#now();
    const last = this.#kinds.get(kind);
    if (last !== undefined && now - last.at < quietMs) {
      last.left += 1;
      return;
    }
    this.#log.info(what, { ...facts, more: last?.left || undefined });
    this.#kinds.set(kind, { at: now, left: 0 });
  }
}

function watched(hub: Hub, log: Log): Hub {
  const open = new Map<ConnectionId, { readonly address: string | undefined; user?: string }>();
  const gone = (connection: ConnectionId, how: LogFacts): void => {
    const { address, user } = open.get(connection) ?? {};
    if (open.delete(connection)) log.debug("disconnected", { connection, user, address, ...how });
  };
  const before = (input: Input): void => {
    if (input.type === "connected") {
      const { connection, dialect, address } = input;
      open.set(connection, { address });
      log.debug("connected", { connection, dialect, address });
    } else if (input.type === "closed") {
      gone(input.connection, { goodbye: input.clean });
    }
  };
  return {
    ...hub,
    handle(input) {
      before(input);
      const effects = hub.handle(input);
      for (const effect of effects) {
        if (effect.type === "close") gone(effect.connection, { why: effect.closing });
        if (effect.type !== "send" && effect.type !== "subscribe") continue;
        const { connection } = effect;
        const known = open.get(connection);
        if (known === undefined || known.user !== undefined) continue;
        const user = hub.nameOf(connection);
        if (user === undefined) continue;
        known.user = user;
        log.debug("logged in", { connection, user, address: known.address });
      }
      return effects;
    },
  };
}
