// The client core: what is told to it goes to whom it concerns, and then everything that may be sent
// is sent.

import { unreachable } from "../words/result.js";
import { sooner } from "./backoff.js";
import type { Deed } from "./deeds.js";
import type { Client, ClientInput, ClientOptions } from "./door.js";
import { hear } from "./hear.js";
import { expire, greet, linkDeadline, lost, open, ping, stop } from "./link.js";
import { askForRooms } from "./lists.js";
import { renewed } from "./login-end.js";
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
      tellChanges(client);
      return client.effects;
    },
    deadline() {
      const { link, outbox, questions, reads } = client;
      const life = sooner(linkDeadline(client), client.typing.deadline());
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
      return act(client, nonce, { type: "message", conversation: to, message, replyTo });
    }
    case "done":
      return act(client, input.nonce, input.deed);
    case "retracted":
      return client.outbox.retract(input.nonce);
    case "asked": {
      const error = ask(client, { for: "person", ask: input.ask, question: input.question });
      if (error !== undefined) tell(client, { type: "unanswered", ask: input.ask, error });
      return;
    }
    case "shown":
      return show(client, input.conversation, input.jumpTo);
    case "hidden":
      return client.views.hide(input.conversation);
    case "reached":
      return client.views.reached(input.conversation, input.edge);
    case "read":
      return read(client, input.conversation, input.seq);
    case "typed":
      return typed(client, input.conversation, input.on);
    case "renewed":
      return renewed(client, input.token);
    case "elapsed":
      client.typing.expire(client.at);
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

function act(client: ClientState, nonce: string, deed: Deed): void {
  const error = client.outbox.do(nonce, deed);
  if (error !== undefined) tell(client, { type: "refused", nonce, deed, error });
  if (deed.type === "message") client.typing.said(deed.conversation);
}

function show(client: ClientState, conversation: string, jumpTo: number | undefined): void {
  const { views, timelines, rows } = client;
  views.show(conversation, jumpTo, timelines.cursor(conversation), rows.unread(conversation));
  askForRooms(client, { shown: conversation });
}

function read(client: ClientState, conversation: string, seq: number): void {
  // The line that put us out of a room is read when the room is ours no more: nobody would hear it.
  if (conversation.startsWith("#") && !client.rows.has(conversation)) return;
  client.reads.note(conversation, seq, client.at);
  client.rows.read(conversation, seq);
  if (seq >= (client.timelines.cursor(conversation) ?? 0)) client.views.readToEnd(conversation);
}

/** Whether somebody types is worth nothing later: without a connection nobody is told. */
function typed(client: ClientState, conversation: string, on: boolean): void {
  if (client.link.state !== "live") return;
  const frame = client.typing.typed(conversation, on, client.at);
  if (frame !== undefined) send(client, frame);
}

/** Everything that may be sent now is sent. */
function flush(client: ClientState): void {
  const { link, at, questions, reads, outbox } = client;
  if (link.state !== "live") return;
  send(client, ...questions.next(at), ...reads.next(at));
  for (let next = outbox.next(at); next !== undefined; next = outbox.next(at)) {
    if (typeof next === "string") send(client, next);
    else tell(client, { type: "refused", ...next });
  }
}

/** How things are after all that, each once. */
function tellChanges(client: ClientState): void {
  const { rows, rooms, typing, views, outbox, timelines } = client;
  for (const nonce of timelines.passedOver()) outbox.stands(nonce);
  tell(client, ...rows.changes(), ...rooms.changes(), ...typing.changes(), ...views.changes());
  const unsent = outbox.changes();
  if (unsent !== undefined) tell(client, { type: "unsent", unsent });
}
