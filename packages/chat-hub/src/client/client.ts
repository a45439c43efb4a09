// The client core: what is told to it goes to whom it concerns, and then everything that may be sent
// is sent.

import { unreachable } from "../words/result.js";
import { sooner } from "./backoff.js";
import type { Client, ClientInput, ClientOptions } from "./door.js";
import { hear } from "./hear.js";
import { expire, greet, linkDeadline, lost, open, ping, stop } from "./link.js";
import type { ClientState } from "./state.js";
import { ask, createState, send, tell } from "./state.js";

/** A client of the events dialect, for one name on one server; it does nothing until `started`. */
export function createClient(options: ClientOptions): Client {
  const client = createState(options);
  return {
    handle(input) {
      client.at = input.at;
      client.chance = input.chance;
      client.effects = [];
      take(client, input);
      flush(client);
      return client.effects;
    },
    deadline() {
      const { link, outbox, questions, reads } = client;
      const life = linkDeadline(client);
      if (link.state !== "live") return life;
      return [outbox, questions, reads].reduce((next, { deadline }) => sooner(next, deadline()), life);
    },
  };
}

function take(client: ClientState, input: ClientInput): void {
  const { state } = client.link;
  switch (input.type) {
    case "started":
      if (state === "idle") open(client);
      return;
    case "opened":
      return greet(client);
    case "received":
      return hear(client, input.frame);
    case "closed":
      if (state === "opening" || state === "live") lost(client, input.code, input.reason);
      return;
    case "said": {
      const { nonce, to, message, replyTo } = input;
      const error = client.outbox.say({ nonce, to, message, replyTo });
      if (error !== undefined) tell(client, { type: "refused", nonce, error });
      return;
    }
    case "asked": {
      const error = ask(client, { for: "person", ask: input.ask, question: input.question });
      if (error !== undefined) tell(client, { type: "unanswered", ask: input.ask, error });
      return;
    }
    case "read":
      return client.reads.note(input.conversation, input.seq, input.at);
    case "elapsed":
      return expire(client);
    case "woken":
      if (state === "waiting") open(client);
      if (state === "live") ping(client);
      return;
    case "stopped":
      return stop(client);
    default:
      return unreachable(input);
  }
}

function flush(client: ClientState): void {
  const { link, at, questions, reads, outbox } = client;
  if (link.state !== "live") return;
  send(client, ...questions.next(at), ...reads.next(at));
  for (let line = outbox.next(at); line !== undefined; line = outbox.next(at)) send(client, line);
}
