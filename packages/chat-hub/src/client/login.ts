// What a login brings: who we are, where everything stands, and what is to be asked for to know the rest.

import type {
  ConversationsPayload,
  ResumedPayload,
  ServerPayloads,
  SettingsPayload,
  WelcomePayload,
} from "../dialects/frames.js";
import { welcomed } from "./link.js";
import { depart, restart } from "./log.js";
import type { Asker } from "./questions.js";
import type { ClientState } from "./state.js";
import { ask, tell } from "./state.js";

export function begin(client: ClientState, welcome: WelcomePayload): void {
  const { timelines, epoch, rows, link } = client;
  client.self.become(welcome.username);
  client.people.begin(welcome.here);
  client.outbox.learn(welcome.limits.messages_per_second);
  client.typing.learn(welcome.limits.typing_every_ms, welcome.limits.typing_for_ms);
  client.isResuming = link.state === "opening" && link.login?.since !== undefined;
  client.askedRooms = false;
  welcomed(client, welcome);
  choose(client, welcome.settings);
  if (epoch !== undefined && epoch !== welcome.epoch) {
    client.listed = undefined;
    for (const { conversation } of rows.heads()) rows.reset(conversation);
    for (const conversation of timelines.names()) restart(client, conversation);
  }
  client.epoch = welcome.epoch;
  for (const row of welcome.conversations) rows.stand(row);
  // What is not among them was read elsewhere meanwhile.
  if (client.listed !== undefined && !welcome.more) {
    rows.onlyUnread(new Set(welcome.conversations.map(({ conversation }) => conversation)));
  }
  beginAtHeads(client);
  askForLists(client, welcome.kept);
}

/** What we have chosen, as far as this says it; told if it is new. */
export function choose(client: ClientState, chosen: Maybe<SettingsPayload>): void {
  const before = client.settings;
  const { status = before?.status, text = before?.text, reading = before?.reading } = chosen;
  if (status === undefined || text === undefined || reading === undefined) return;
  if (before?.status === status && before.text === text && before.reading === reading) return;
  client.settings = { status, text, reading };
  tell(client, { type: "settings", settings: client.settings });
}

type Maybe<Payload> = { readonly [Field in keyof Payload]?: Payload[Field] | undefined };

function askForLists(client: ClientState, isKept: boolean): void {
  ask(client, { for: "people", after: undefined });
  ask(client, { ...allConversations, since: client.listed });
  // Only whose name is kept can block.
  if (isKept) ask(client, { for: "blocks", after: undefined, names: [] });
  client.views.refresh();
  askForRooms(client);
}

/** Where nothing is replayed, everything begins where it stands. */
function beginAtHeads(client: ClientState): void {
  if (client.isResuming) return;
  for (const { conversation, head } of client.rows.heads()) client.timelines.beginAt(conversation, head);
}

export function hearResumed(client: ClientState, payload: ResumedPayload): void {
  client.isResuming = false;
  for (const conversation of payload.ignored ?? []) depart(client, nameOf(conversation), "gone");
  for (const conversation of payload.reset ?? []) restart(client, nameOf(conversation));
  if (payload.reset !== undefined) {
    client.listed = undefined;
    ask(client, allConversations);
  }
  beginAtHeads(client);
  tell(client, { type: "resumed", replayed: payload.replayed });
  askForRooms(client);
}

/** A room may be named as `since` named it: without its sign. */
function nameOf(text: string): string {
  return text === "everyone" || /^[@#]/.test(text) ? text : `#${text}`;
}

const allConversations = {
  for: "conversations",
  since: undefined,
  after: undefined,
  mark: undefined,
} as const satisfies Asker;

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
    tell(client, { type: "listed" });
  }
}

/** What rooms are about stands in no row: it is asked for once there is one of ours, and `again` for a new one. */
export function askForRooms(client: ClientState, isNeeded: boolean | "again" = hasRooms(client)): void {
  if (isNeeded === "again") client.askedRooms = false;
  if (!isNeeded || client.askedRooms || client.isResuming || client.link.state !== "live") return;
  client.askedRooms = true;
  ask(client, { for: "rooms", after: undefined, rows: 0 });
}

function hasRooms({ rows }: ClientState): boolean {
  return rows.heads().some(({ conversation }) => conversation.startsWith("#"));
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
