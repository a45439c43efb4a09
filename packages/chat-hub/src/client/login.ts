// What a login brings: who we are, where everything stands, and, after a replay, that it is through.

import type { HousePayload } from "../dialects/frames/house.js";
import type { ResumedPayload, SettingsPayload, WelcomePayload } from "../dialects/frames/session.js";
import { welcomed } from "./link.js";
import { askForLists, askForRooms, beginAtHeads, listAll } from "./lists.js";
import { depart, restart } from "./log.js";
import type { ClientState } from "./state.js";
import { tell } from "./state.js";

export function begin(client: ClientState, welcome: WelcomePayload): void {
  const { timelines, epoch, rows, link } = client;
  client.self.become(welcome.username);
  client.people.begin(welcome.here);
  client.outbox.learn(welcome.limits.messages_per_second);
  client.typing.learn(welcome.limits.typing_every_ms, welcome.limits.typing_for_ms);
  client.isResuming = link.state === "opening" && link.login?.since !== undefined;
  client.roomsAsked = undefined;
  client.replayed.clear();
  welcomed(client, welcome);
  choose(client, welcome.settings);
  stands(client, welcome.house ?? usualHouse);
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

const usualHouse: HousePayload = { slow_mode: 0, read_only: false };

/** What holds in the house; told if it is new. */
export function stands(client: ClientState, house: HousePayload): void {
  const before = client.house ?? usualHouse;
  client.house = house;
  const { slow_mode, read_only, reason } = house;
  if (before.slow_mode === slow_mode && before.read_only === read_only && before.reason === reason) return;
  tell(client, { type: "house", house });
}

type Maybe<Payload> = { readonly [Field in keyof Payload]?: Payload[Field] | undefined };

export function hearResumed(client: ClientState, payload: ResumedPayload): void {
  client.isResuming = false;
  for (const conversation of (payload.ignored ?? []).map(nameOf)) {
    // One that began after it was looked for is told already.
    if (!client.replayed.has(conversation)) depart(client, conversation, "gone", undefined);
  }
  for (const conversation of payload.reset ?? []) restart(client, nameOf(conversation));
  if (payload.reset !== undefined) listAll(client);
  beginAtHeads(client);
  tell(client, { type: "resumed", replayed: payload.replayed });
  askForRooms(client);
}

/** A room may be named as `since` named it: without its sign. */
function nameOf(text: string): string {
  return text === "everyone" || /^[@#]/.test(text) ? text : `#${text}`;
}
