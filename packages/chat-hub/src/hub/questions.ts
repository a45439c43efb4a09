// Commands that ask, and the cursors that a client moves itself.

import type { Command } from "../dialects/command.js";
import { toldLimits } from "../dialects/dialect.js";
import { linePayload } from "../dialects/events.js";
import type { CommandId, NewMessagePayload } from "../dialects/frames.js";
import type { Page, Stood, StoreRefusal, Window } from "../ports/store.js";
import { commands } from "../tables/commands.js";
import { conversationName } from "../words/conversations.js";
import type { NameKey, Seq } from "../words/ids.js";
import { everyone } from "../words/ids.js";
import { nameKey } from "../words/names.js";
import { utf8Bytes } from "../words/text.js";
import { claim } from "./cursors.js";
import { usersAfter } from "./presence.js";
import { refuse } from "./refuse.js";
import { conversationRow } from "./standings.js";
import type { Connection, HubState, Pending, Session } from "./state.js";
import { ask, send, sessionOf } from "./state.js";

type Ask<Type extends Command["type"]> = Extract<Command, { readonly type: Type }>;

/** What a page's frame needs beside its messages, at the most. */
const pageFrameBytes = 1024;
/** What the longest names make of a row of `conversations`. */
const rowBytes = 256;

export function answerHistory(
  hub: HubState,
  connection: Connection,
  session: Session,
  id: CommandId | undefined,
  { of, window, limit }: Ask<"history">,
): void {
  const pending: Pending = { type: "history", connection, id, window };
  ask(
    hub,
    { type: "read", viewer: session.user.id, of, window, rows: limit, bytes: hub.limits.pageBytes },
    pending,
  );
}

export function answerLog(
  hub: HubState,
  connection: Connection,
  session: Session,
  id: CommandId | undefined,
  { of, after, limit }: Ask<"log">,
): void {
  const window: Window = { kind: "after", seq: after };
  const pending: Pending = { type: "log", connection, id, window };
  ask(
    hub,
    { type: "read", viewer: session.user.id, of, window, rows: limit, bytes: hub.limits.pageBytes },
    pending,
  );
}

export function pageRead(
  hub: HubState,
  { connection, id, type, window }: Extract<Pending, { type: "history" | "log" }>,
  answer: Page | StoreRefusal<"unknown_conversation">,
): void {
  const session = sessionOf(connection);
  if (session === undefined) return;
  if (!answer.ok) return refuse(hub, connection, id, answer.code);
  if (answer.forgotten && isGone(window, answer.first)) {
    const message = `what is kept of this conversation begins with ${answer.first}`;
    return refuse(hub, connection, id, "history_gone", { message });
  }
  const conversation = conversationName(answer);
  const { user } = session;
  const rows = answer.entries.map((entry) => {
    const to =
      answer.peer === undefined
        ? undefined
        : entry.author === answer.peer.user
          ? user.name.spelling
          : answer.peer.name;
    return linePayload({ conversation, to, entry }, entry.author === user.id ? entry.nonce : undefined);
  });
  const fitting = fit(rows, window, hub.limits.frameBytes - pageFrameBytes);
  const { first, head } = answer;
  const more = answer.more || fitting.length < rows.length;
  send(
    hub,
    connection,
    type === "log"
      ? connection.dialect.encode({ type, id, payload: { conversation, entries: fitting, head, more } })
      : connection.dialect.encode({
          type,
          id,
          payload: { conversation, messages: fitting, first, head, more },
        }),
  );
}

/** Whether a window reaches only, or first, into what is not kept any more. */
function isGone(window: Window, first: Seq): boolean {
  if (window.kind === "newest") return false;
  if (window.kind === "before") return window.seq <= first;
  return window.kind === "after" ? window.seq + 1 < first : window.seq < first;
}

/** As many rows as fit into `bytes`, from where the window starts. */
function fit(
  rows: readonly NewMessagePayload[],
  window: Window,
  bytes: number,
): readonly NewMessagePayload[] {
  const sizes = rows.map((row) => utf8Bytes(JSON.stringify(row)) + 1);
  let total = sizes.reduce((sum, size) => sum + size, 0);
  let [from, to] = [0, rows.length];
  while (total > bytes && to - from > 1) {
    const first = rows[from]?.seq ?? 0;
    const last = rows[to - 1]?.seq ?? 0;
    const dropOldest =
      window.kind === "before" ||
      window.kind === "newest" ||
      (window.kind === "around" && window.seq - first > last - window.seq);
    total -= (dropOldest ? sizes[from] : sizes[to - 1]) ?? 0;
    if (dropOldest) from += 1;
    else to -= 1;
  }
  return rows.slice(from, to);
}

export function answerConversations(
  hub: HubState,
  connection: Connection,
  { user }: Session,
  id: CommandId | undefined,
  { after, limit }: Ask<"conversations">,
): void {
  const most = Math.min(limit, Math.floor(hub.limits.frameBytes / rowBytes) - 1);
  const select = { kind: "all", most, ...(after === undefined ? {} : { after }) } as const;
  ask(hub, { type: "stand", user: user.id, select }, { type: "conversations", connection, id });
}

export function conversationsStood(
  hub: HubState,
  connection: Connection,
  id: CommandId | undefined,
  answer: Stood | StoreRefusal,
): void {
  if (!answer.ok) return refuse(hub, connection, id, answer.code);
  const rows = answer.standings.map((standing) => conversationRow(hub, standing));
  send(
    hub,
    connection,
    connection.dialect.encode({
      type: "conversations",
      id,
      payload: { conversations: rows, more: answer.more },
    }),
  );
}

export function answerUsers(
  hub: HubState,
  connection: Connection,
  id: CommandId | undefined,
  { after, limit }: Ask<"users">,
): void {
  const most = Math.min(limit, Math.floor(hub.limits.frameBytes / rowBytes) - 1);
  const key: NameKey | undefined = after === undefined ? undefined : nameKey(after);
  send(
    hub,
    connection,
    connection.dialect.encode({ type: "users", id, payload: usersAfter(hub, key, most) }),
  );
}

export function answerHelp(hub: HubState, connection: Connection, id: CommandId | undefined): void {
  const rows = Object.entries(commands).map(([type, { what, example }]) => ({ type, what, example }));
  const payload = { commands: rows, limits: toldLimits(hub.limits) };
  send(hub, connection, connection.dialect.encode({ type: "help", id, payload, at: hub.wall }));
}

/** `delivered` and `read`: a cursor past the head counts as the head. */
export function moveCursor(
  hub: HubState,
  connection: Connection,
  session: Session,
  id: CommandId | undefined,
  { type, of, seq }: Ask<"delivered" | "read">,
): void {
  const select = { kind: "these", of: [of] } as const;
  ask(
    hub,
    { type: "stand", user: session.user.id, select },
    { type: "cursor", connection, id, what: type, seq },
  );
}

export function cursorStood(
  hub: HubState,
  { connection, id, what, seq }: Extract<Pending, { type: "cursor" }>,
  answer: Stood | StoreRefusal,
): void {
  const session = sessionOf(connection);
  if (session === undefined) return;
  if (!answer.ok) return refuse(hub, connection, id, answer.code);
  const [standing] = answer.standings;
  if (standing === undefined) return refuse(hub, connection, id, "unknown_conversation");
  const head = standing.conversation === everyone ? Math.max(standing.head, hub.head) : standing.head;
  const reached = Math.min(seq, head) as Seq;
  claim(hub, session, standing.conversation, what, reached);
  if (id === undefined) return;
  const payload = { conversation: conversationName(standing), seq: reached, at: hub.wall };
  send(hub, connection, connection.dialect.encode({ type: "ack", id, payload }));
}
