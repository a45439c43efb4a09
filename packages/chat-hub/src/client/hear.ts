// What the server says, one frame at a time.

import type { WelcomePayload } from "../dialects/frames.js";
import { later } from "./backoff.js";
import type { Answer, Refusal } from "./door.js";
import type { Incoming } from "./incoming.js";
import { readFrame } from "./incoming.js";
import { notWelcomed, welcomed } from "./link.js";
import type { Asker } from "./questions.js";
import type { ClientState } from "./state.js";
import { ask, tell } from "./state.js";

type Frame<Type extends Incoming["type"]> = Extract<Incoming, { type: Type }>;
/** A frame that answers a question. */
type Reply = Frame<"history" | "log" | "users" | "conversations" | "help">;

export function hear(client: ClientState, text: string): void {
  const frame = readFrame(text);
  if (client.link.state === "opening") return frame === undefined ? undefined : hearGreeting(client, frame);
  if (client.link.state !== "live") return;
  client.link.heard = client.at;
  client.link.pinged = undefined;
  if (frame !== undefined) hearLive(client, frame);
}

function hearGreeting(client: ClientState, frame: Incoming): void {
  if (client.link.state !== "opening" || client.link.login === undefined) return;
  if (frame.type === "welcome") return begin(client, frame.payload);
  if (frame.type === "error") notWelcomed(client, frame.payload);
}

function hearLive(client: ClientState, frame: Incoming): void {
  switch (frame.type) {
    case "new_message":
      tell(client, ...client.timelines.heard(frame.payload));
      return mend(client, frame.payload.conversation);
    case "entry": {
      const { type, conversation, seq } = frame.payload;
      const entry = { kind: "other", type, conversation, seq } as const;
      tell(client, ...client.timelines.passed(conversation, { first: seq, last: seq, entry }));
      return mend(client, conversation);
    }
    case "skip": {
      const { conversation, first, last } = frame.payload;
      if (last < first) return;
      tell(client, ...client.timelines.passed(conversation, { first, last }));
      return mend(client, conversation);
    }
    case "ack":
      return hearAck(client, frame);
    case "error":
      return hearError(client, frame);
    case "history":
    case "log":
    case "users":
    case "conversations":
    case "help":
      return hearReply(client, frame);
    case "presence":
      return tell(client, client.people.changed(frame.payload));
    case "resumed":
      return hearResumed(client, frame);
    case "reconnect":
      client.slot = later(client.at, Math.min(frame.payload.after_ms, client.limits.slotMs));
      return;
    // A second welcome changes nothing, a pong has done its work by coming, and what `behind`
    // announces comes as entries like any other.
    case "welcome":
    case "ping":
    case "behind":
      return;
  }
}

function begin(client: ClientState, welcome: WelcomePayload): void {
  const { timelines, epoch, options } = client;
  timelines.belongTo(welcome.username);
  client.people.begin(welcome.here);
  client.outbox.learn(welcome.limits.messages_per_second);
  welcomed(client, welcome);
  if (epoch !== undefined && epoch !== welcome.epoch) {
    for (const conversation of timelines.names()) restart(client, conversation);
  }
  client.epoch = welcome.epoch;
  // Without a replay everything begins where it stands; with one, where the replay does.
  if (epoch === undefined && options.since === undefined) beginAtHeads(client);
  ask(client, { for: "people", after: undefined });
}

function beginAtHeads(client: ClientState): void {
  if (client.link.state !== "live") return;
  for (const { conversation, head } of client.link.welcome.conversations) {
    client.timelines.beginAt(conversation, head);
  }
}

function hearResumed(client: ClientState, { payload }: Frame<"resumed">): void {
  for (const conversation of payload.reset ?? []) restart(client, conversation);
  // Where nothing was replayed, nothing was missed.
  beginAtHeads(client);
  tell(client, { type: "resumed", replayed: payload.replayed });
}

function restart(client: ClientState, conversation: string): void {
  if (!client.timelines.restart(conversation)) return;
  client.reads.forget(conversation);
  tell(client, { type: "reset", conversation });
  ask(client, { for: "restart", conversation });
}

/** Asks for what is missing, if anything is and it is not asked for already. */
function mend(client: ClientState, conversation: string, tries = 0): void {
  const { timelines, questions } = client;
  if (!timelines.hasGap(conversation) || questions.hasGapOpen(conversation)) return;
  ask(client, { for: "gap", conversation, after: timelines.cursor(conversation), tries });
}

function hearAck(client: ClientState, { id, payload }: Frame<"ack">): void {
  const nonce = client.outbox.acked(id, payload, client.at);
  if (nonce === undefined) return;
  const told = client.timelines.placed(payload.conversation, payload.seq, nonce);
  tell(client, { type: "acked", nonce, ack: payload, told });
}

function hearError(client: ClientState, { id, payload: error }: Frame<"error">): void {
  const { outbox, questions, at, chance } = client;
  const line = outbox.refused(id, error, at, chance);
  if (line !== undefined) {
    const { nonce, until } = line;
    if (until === undefined) tell(client, { type: "refused", nonce, error });
    else tell(client, { type: "delayed", nonce, error, until });
    return;
  }
  if (questions.postpone(id, error, at, chance)) return;
  const asker = questions.take(id, "error");
  if (asker !== undefined) return hearNo(client, asker, error);
  // Our cursors, said too fast, are said again; a person can do nothing about it.
  if (id === undefined && !error.retryable) tell(client, { type: "complaint", error });
}

function hearNo(client: ClientState, asker: Asker, error: Refusal): void {
  switch (asker.for) {
    case "person":
      return tell(client, { type: "unanswered", ask: asker.ask, error });
    case "gap":
      return giveUp(client, asker.conversation);
    case "restart":
      return tell(client, ...client.timelines.restarted(asker.conversation, undefined));
    case "people":
      return;
  }
}

function giveUp(client: ClientState, conversation: string): void {
  if (!client.timelines.hasGap(conversation)) return;
  tell(client, ...client.timelines.givenUp(conversation));
  mend(client, conversation);
}

function hearReply(client: ClientState, reply: Reply): void {
  const asker = client.questions.take(reply.id, reply.type);
  if (asker === undefined) return;
  if (asker.for === "person") {
    if (reply.type === "log") return;
    // The type and the payload belong together, which the compiler loses sight of in a spread.
    const answer = { type: reply.type, ...reply.payload } as Answer;
    return tell(client, { type: "answered", ask: asker.ask, answer });
  }
  if (asker.for === "gap" && reply.type === "log") return fill(client, asker, reply.payload);
  if (asker.for === "restart" && reply.type === "history") {
    tell(client, ...client.timelines.restarted(asker.conversation, reply.payload));
    return mend(client, asker.conversation);
  }
  if (asker.for === "people" && reply.type === "users") {
    const after = client.people.page(reply.payload);
    if (after !== undefined) ask(client, { for: "people", after });
    tell(client, client.people.now());
  }
}

/** How often in a row the log may say nothing about a gap before the gap is passed over. */
const mostTries = 3;

function fill(
  client: ClientState,
  asker: Extract<Asker, { for: "gap" }>,
  page: Frame<"log">["payload"],
): void {
  const { timelines } = client;
  const before = timelines.cursor(asker.conversation);
  tell(client, ...timelines.filled({ ...page, conversation: asker.conversation }));
  const tries = timelines.cursor(asker.conversation) > before ? 0 : asker.tries + 1;
  if (tries >= mostTries) giveUp(client, asker.conversation);
  else mend(client, asker.conversation, tries);
}
