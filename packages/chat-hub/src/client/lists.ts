// The lists that a login asks for and what is kept up of them: our conversations, rooms, the blocked.

import type { ConversationsPayload } from "../dialects/frames/answers.js";
import type { ServerPayloads } from "../dialects/frames.js";
import type { Asker } from "./questions.js";
import type { ClientState } from "./state.js";
import { ask, tell } from "./state.js";

export function askForLists(client: ClientState, isKept: boolean): void {
  ask(client, { for: "people", after: undefined });
  ask(client, { ...allConversations, since: client.listed });
  // Only whose name is kept can block.
  if (isKept) ask(client, { for: "blocks", after: undefined, names: [] });
  client.views.refresh();
  askForRooms(client);
}

/** Where nothing is replayed, everything begins where it stands. */
export function beginAtHeads(client: ClientState): void {
  if (client.isResuming) return;
  for (const { conversation, head } of client.rows.heads()) client.timelines.beginAt(conversation, head);
}

const allConversations = {
  for: "conversations",
  since: undefined,
  after: undefined,
  mark: undefined,
} as const satisfies Asker;

/** What was known of our conversations counts no more. */
export function listAll(client: ClientState): void {
  client.listed = undefined;
  ask(client, allConversations);
}

type ListAsker = Extract<Asker, { for: "conversations" }>;

/** A page of our conversations. The mark of its first page is what the next login asks from. */
export function hearConversations(client: ClientState, asker: ListAsker, page: ConversationsPayload): void {
  const { conversations, more } = page;
  const mark = asker.mark ?? page.mark;
  for (const row of conversations) client.rows.stand(row);
  beginAtHeads(client);
  askForRooms(client);
  const after = conversations.at(-1)?.conversation;
  if (more && after !== undefined) ask(client, { ...asker, after, mark });
  else {
    client.listed = mark;
    client.outbox.keepsRooms((name) => client.rows.has(name));
    tell(client, { type: "listed" });
  }
}

/**
 * What rooms are about stands in no row: it is asked for once in each connection, if there is a room of
 * ours or one that is shown, and again for one that is new.
 */
export function askForRooms(
  client: ClientState,
  { shown, joined }: { readonly shown?: string; readonly joined?: string } = {},
): void {
  const { rows, rooms, roomsAsked } = client;
  if (client.isResuming || client.link.state !== "live") return;
  const names = [
    ...rows.heads().map(({ conversation }) => conversation),
    ...(shown === undefined ? [] : [shown]),
  ];
  const isAsked = (name: string): boolean => roomsAsked?.has(name) === true && name !== joined;
  const needed = names.filter((name) => {
    return name.startsWith("#") && (roomsAsked === undefined || !(rooms.has(name) || isAsked(name)));
  });
  if (needed.length === 0) return;
  client.roomsAsked = new Set([...(roomsAsked ?? []), ...needed]);
  ask(client, { for: "rooms", after: undefined, rows: 0 });
}

export function hearRooms(
  client: ClientState,
  asker: Extract<Asker, { for: "rooms" }>,
  { rooms, more }: ServerPayloads["rooms"],
): void {
  client.rooms.listed(rooms);
  for (const { conversation, name } of rooms) client.rows.spell(conversation, name);
  const rows = asker.rows + rooms.length;
  const after = rooms.at(-1)?.conversation;
  if (more && after !== undefined && rows < client.limits.rooms) ask(client, { for: "rooms", after, rows });
}

export function hearBlocks(
  client: ClientState,
  asker: Extract<Asker, { for: "blocks" }>,
  { usernames, more }: ServerPayloads["blocks"],
): void {
  const names = [...asker.names, ...usernames];
  const after = usernames.at(-1);
  if (more && after !== undefined && names.length < client.limits.blocks) {
    ask(client, { for: "blocks", after, names });
  } else if (client.self.blockOnly(names)) blocksChanged(client);
}

export function hearBlocked(client: ClientState, username: string, on: boolean): void {
  if (client.self.block(username, on)) blocksChanged(client);
}

function blocksChanged(client: ClientState): void {
  const { self, typing, views } = client;
  typing.clear(self.isBlocked);
  views.rehide();
  tell(client, { type: "blocked", usernames: self.blocked() });
}
