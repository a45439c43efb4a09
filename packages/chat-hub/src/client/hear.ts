// What the server says, one frame at a time.

import type { AckPayload } from "../dialects/frames/session.js";
import { unreachable } from "../words/result.js";
import { hearDone, hearNo, hearReply } from "./answers.js";
import { later } from "./backoff.js";
import type { Deed } from "./deeds.js";
import type { Incoming } from "./incoming.js";
import { readFrame } from "./incoming.js";
import { notWelcomed, refuse } from "./link.js";
import { hearBlocked } from "./lists.js";
import { depart, hearEntry, hearSkip } from "./log.js";
import { begin, choose, hearResumed, stands } from "./login.js";
import { hearNoRefresh, hearRefresh } from "./login-end.js";
import type { ClientState } from "./state.js";
import { tell } from "./state.js";

type Frame<Type extends Incoming["type"]> = Extract<Incoming, { type: Type }>;

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
    case "message_edited":
    case "message_deleted":
    case "message_pinned":
    case "reaction":
    case "member_joined":
    case "member_invited":
    case "member_left":
    case "role_changed":
    case "member_banned":
    case "member_silenced":
    case "room_updated":
    case "entry":
      return hearEntry(client, frame);
    case "skip":
      return hearSkip(client, frame.payload);
    case "ack":
      return hearAck(client, frame);
    case "error":
      return hearError(client, frame);
    case "history":
    case "thread":
    case "pins":
    case "log":
    case "search":
    case "conversations":
    case "users":
    case "rooms":
    case "members":
    case "reactions":
    case "receipts":
    case "whois":
    case "blocks":
    case "sessions":
    case "stats":
    case "bans":
    case "audit":
    case "help":
      return hearReply(client, frame);
    case "refresh":
      return hearRefresh(client, frame.payload);
    // A second welcome changes nothing, a pong has done its work by coming, and what `behind`
    // announces comes as entries like any other.
    case "welcome":
    case "ping":
    case "behind":
      return;
    default:
      return hearState(client, frame);
  }
}

/** How things are now, beside the logs. */
function hearState(
  client: ClientState,
  frame: Frame<
    | "presence"
    | "typing"
    | "receipt"
    | "unread"
    | "invited"
    | "settings"
    | "blocked"
    | "muted"
    | "resumed"
    | "reconnect"
    | "announcement"
    | "house_updated"
    | "about_you"
  >,
): void {
  switch (frame.type) {
    case "presence":
      return tell(client, client.people.changed(frame.payload));
    case "typing": {
      const { conversation, username, on } = frame.payload;
      if (client.self.isBlocked(username) || client.self.isMe(username)) return;
      return client.typing.heard(conversation, username, on, client.at);
    }
    case "receipt":
      return client.views.receipts(frame.payload.conversation, [frame.payload]);
    case "unread":
      return client.rows.stand(frame.payload);
    case "invited":
      client.rooms.invited(frame.payload.conversation);
      return tell(client, { type: "invited", ...frame.payload });
    case "settings":
      return choose(client, frame.payload);
    case "blocked":
      return hearBlocked(client, frame.payload.username, frame.payload.on);
    case "muted":
      return client.rows.mute(frame.payload.conversation, frame.payload.on);
    case "announcement":
      return tell(client, { type: "announcement", ...frame.payload });
    case "house_updated":
      return stands(client, frame.payload);
    case "about_you":
      return tell(client, { type: "about_you", ...frame.payload });
    case "resumed":
      return hearResumed(client, frame.payload);
    case "reconnect":
      client.slot = later(client.at, Math.min(frame.payload.after_ms, client.limits.slotMs));
      return;
    default:
      return unreachable(frame);
  }
}

function hearAck(client: ClientState, { id, payload: ack }: Frame<"ack">): void {
  const done = client.outbox.acked(id, ack, client.at);
  if (done === undefined) return hearDone(client, id, ack);
  const { nonce, deed } = done;
  const { conversation, seq, unchanged } = ack;
  const hasEntry = conversation !== undefined && seq !== undefined && unchanged !== true;
  const told = hasEntry && client.timelines.placed(conversation, seq, nonce);
  if (told) client.outbox.stands(nonce);
  tell(client, { type: "acked", nonce, deed, ack, told });
  // One that was done on an earlier connection may be undone since: its lists say how it stands.
  if (ack.duplicate !== true) settled(client, deed, ack);
  else settleOld(client, nonce, conversation);
}

/** What was chosen here is so: only other devices are told of it by a push of its own. */
function settled(client: ClientState, deed: Deed, { conversation, seq, unchanged }: AckPayload): void {
  switch (deed.type) {
    case "leave":
      return depart(client, conversation ?? deed.conversation, "left", unchanged === true ? undefined : seq);
    case "block":
      return hearBlocked(client, deed.username.replace(/^@/, ""), deed.on);
    case "mute":
      return client.rows.mute(conversation ?? deed.conversation, deed.on);
    case "status": {
      const { type, ...chosen } = deed;
      return choose(client, chosen);
    }
    case "privacy":
      return choose(client, { reading: deed.reading });
    default:
      return;
  }
}

/** What was said in a room of which we are no member any more does not come from there. */
function settleOld({ rows, listed, outbox }: ClientState, nonce: string, conversation = ""): void {
  if (listed !== undefined && conversation.startsWith("#") && !rows.has(conversation)) outbox.stands(nonce);
}

function hearError(client: ClientState, { id, payload: error }: Frame<"error">): void {
  const { outbox, questions, at, chance } = client;
  if (id === undefined && error.code === "login_expired") return refuse(client, error);
  if (hearNoRefresh(client, id, error)) return;
  const refused = outbox.refused(id, error, at, chance);
  if (refused !== undefined) {
    const { nonce, deed, until } = refused;
    if (until === undefined) tell(client, { type: "refused", nonce, deed, error });
    else tell(client, { type: "delayed", nonce, error, until });
    return;
  }
  if (questions.postpone(id, error, at, chance)) return;
  const asker = questions.take(id, "error");
  if (asker !== undefined) return hearNo(client, asker, error);
  // Our cursors, said too fast, are said again; a person can do nothing about it.
  if (id === undefined && !error.retryable) tell(client, { type: "complaint", error });
}
