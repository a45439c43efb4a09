// Presence on its way: changes of a moment in one frame, as far as each may see them. Where a crowd
// comes or goes only the number is told, round by round; once it is no crowd any more, all who are left.

import type { Told } from "../dialects/dialect.js";
import { events } from "../dialects/events.js";
import type { PresencePayload, UserRow } from "../dialects/frames/people.js";
import { utf8Bytes } from "../words/text.js";
import { apartFromAny, areApart } from "./apart.js";
import { publishApart } from "./audience.js";
import { seenAs, shown, usersAfter } from "./presence.js";
import { tellInRounds } from "./rounds.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import type { Saying } from "./state/presence.js";
import type { Session } from "./state/session.js";
import type { User } from "./state/user.js";

/** Changes at a time that are told by name in a crowd, and bytes of rows in one frame. */
const mostRows = 200;
const rowsBytes = 60 * 1024;
/** Less than any version: whoever knows of no more is told of all. */
const noPresence = -1;

/** What has changed since the last announcement, if it is still so. */
export function announce(hub: HubState): void {
  const { presence } = hub;
  const { presenceCrowd } = hub.limits;
  const news: News[] = [];
  for (const [username, { user, told, isListed }] of presence.changed) {
    const { key } = user.name;
    const row = shown(hub, key, username);
    if (isListed || row.status !== told.status || row.text !== told.text)
      news.push({ row, user: presence.here.get(key) ?? user });
  }
  presence.changed.clear();
  const isCrowd = presence.here.size > presenceCrowd;
  if (news.length > (isCrowd ? mostRows : presenceCrowd)) presence.untold = true;
  if (isCrowd && news.length > 0) return tellInRounds(hub, sayings(hub, news.length > mostRows ? [] : news));
  presence.announced = presence.version;
  if (news.length === 0) return;
  for (const saying of presence.untold ? [all(hub)] : sayings(hub, news)) sayNow(hub, saying);
  presence.untold = false;
}

interface News {
  readonly row: UserRow;
  readonly user: User;
}

/** In as few frames as can be; without any news the count alone. */
function sayings(hub: HubState, news: readonly News[]): Saying[] {
  const count = hub.presence.here.size;
  return Array.from(parts(news), (part) => ({
    of: part.map(({ user }) => user),
    seenBy: (viewer?: User) => {
      const seen = part.filter(({ user }) => viewer === undefined || !areApart(viewer, user));
      const users = seen.map(({ row }) => row);
      return presence(users.length === 0 ? { count } : { users, count });
    },
  }));
}

/** Everyone who is here. */
function all(hub: HubState): Saying {
  return { of: [...hub.presence.here.values()], seenBy: (viewer) => presence(whole(hub, viewer)) };
}

function sayNow(hub: HubState, { of, seenBy }: Saying): void {
  publishApart(hub, hub.everyone, events, apartFromAny(hub, of), seenBy(), undefined, (user) =>
    events.encode(seenBy(user)),
  );
}

/** As many rows at a time as fit into a frame. */
function* parts(news: readonly News[]): Generator<readonly News[]> {
  let part: News[] = [];
  let bytes = 0;
  for (const one of news) {
    const size = utf8Bytes(JSON.stringify(one.row)) + 1;
    if (part.length > 0 && bytes + size > rowsBytes) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(one);
    bytes += size;
  }
  yield part;
}

/** Tells one connection all of it: it was not told of changes while it did not listen. */
export function tellPresence(hub: HubState, connection: Connection, session: Session): void {
  if (connection.dialect === events) send(hub, connection, events.encode(presence(whole(hub, session.user))));
}

/** A crowd is not even listed to be found too long: of a crowd that comes back each is told at the end. */
function whole(hub: HubState, viewer: User | undefined): PresencePayload {
  const { here } = hub.presence;
  const { presenceCrowd } = hub.limits;
  if (here.size > presenceCrowd) return { count: here.size };
  const { users, count } = usersAfter(hub, viewer, undefined, presenceCrowd);
  return utf8Bytes(JSON.stringify(users)) > rowsBytes ? { count } : { users, count, all: true };
}

/**
 * Tells one what they may see of another now, since a block has come between them, or has gone. Whoever can't
 * keep up is told of all when they have caught up.
 */
export function tellOf(hub: HubState, viewer: User, user: User): void {
  const { key, spelling } = user.name;
  if (shown(hub, key, spelling).status === "offline") return;
  const row = { username: spelling, ...seenAs(hub, viewer, user.id, key) };
  const payload: PresencePayload = { users: [row], count: hub.presence.here.size };
  for (const connection of viewer.connections) {
    if (connection.stage.state !== "here") continue;
    if (connection.congested) connection.stage.session.presenceTold = noPresence;
    else send(hub, connection, connection.dialect.encode({ type: "presence", payload }));
  }
}

function presence(payload: PresencePayload): Told<"presence"> {
  return { type: "presence", payload };
}
