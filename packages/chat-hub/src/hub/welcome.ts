// The end of a login: where they stand is known, they are told, and they are here.

import type { ActCommand } from "../dialects/command.js";
import { toldLimits } from "../dialects/dialect.js";
import type { WelcomePayload } from "../dialects/frames/session.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { Stood } from "../ports/standings.js";
import { features } from "../tables/features.js";
import { everyone } from "../words/ids.js";
import { untilOf } from "./accounts.js";
import { isAdmin } from "./admins.js";
import { append } from "./appending.js";
import { ask } from "./asks.js";
import { end } from "./departure.js";
import { rulesNow } from "./house/following.js";
import type { Login } from "./pass.js";
import { arrive } from "./presence.js";
import { refuse } from "./refuse.js";
import { goOn } from "./replay.js";
import { locate } from "./resume.js";
import { sessionName } from "./sessions.js";
import { conversationRow, isStillTheirs } from "./standings.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import type { Session } from "./state/session.js";
import type { User } from "./state/user.js";

/** Where they stand in all their conversations is what a resume needs; they are welcomed by the same answer. */
export function askStandings(
  hub: HubState,
  connection: Connection,
  { id }: User,
  which: "unread" | "all",
): void {
  const { resumeRows, welcomeConversations } = hub.limits;
  const select =
    which === "all"
      ? ({ kind: "all", most: resumeRows } as const)
      : ({ kind: "unread", most: welcomeConversations } as const);
  ask(hub, { type: "stand", user: id, select }, { type: "welcome", connection, which });
}

/** Where they stand is known: they are told, and are here from now on. */
export function welcomed(
  hub: HubState,
  connection: Connection,
  which: "unread" | "all",
  answer: Stood | StoreRefusal,
): void {
  if (connection.stage.state !== "entering") return;
  if (!answer.ok) {
    refuse(hub, connection, connection.stage.login.id, answer.code, { hint: "log in again later" });
    return end(hub, connection, "tryLater");
  }
  const { login: wish, session } = connection.stage;
  // More than are looked up at a time: the welcome has no room for them anyway, and the resume goes page by page.
  if (which === "all" && answer.more) return askStandings(hub, connection, session.user, "unread");
  hub.alarms.connections.clear("login", connection);
  connection.stage = { state: "here", session };
  arrive(hub, session.user);
  session.presenceTold = hub.presence.version;
  const unreadPrivate =
    wish.since === undefined ? answer.standings.filter(({ peer }) => peer !== undefined).length : 0;
  const payload = welcomePayload(
    hub,
    connection,
    session,
    wish,
    which === "all" ? unreadOf(hub, answer) : answer,
  );
  send(hub, connection, connection.dialect.encode({ type: "welcome", id: wish.id, payload, unreadPrivate }));
  if (session.resume === undefined) {
    goOn(hub, connection, session);
  } else {
    const known = which === "all" ? answer.standings : undefined;
    locate(hub, connection, session, session.resume, wish.epoch, known);
  }
  for (const key of wish.rooms) {
    const join: ActCommand = {
      type: "act",
      to: { kind: "room", key },
      act: { type: "join" },
      nonce: undefined,
    };
    append(hub, connection, session, undefined, join);
  }
}

/** Of all standings those that a welcome tells, as the store selects them. */
function unreadOf(hub: HubState, { standings }: Stood): Pick<Stood, "standings" | "more"> {
  const unread = standings
    .filter((standing) => standing.conversation !== everyone && standing.unread > 0)
    .sort((a, b) => b.headAt - a.headAt || b.conversation - a.conversation);
  const most = hub.limits.welcomeConversations;
  const house = standings.filter(({ conversation }) => conversation === everyone);
  return { standings: [...house, ...unread.slice(0, most)], more: unread.length > most };
}

function welcomePayload(
  hub: HubState,
  connection: Connection,
  session: Session,
  { exchanged }: Login,
  { standings, more }: Pick<Stood, "standings" | "more">,
): WelcomePayload {
  const { user, pass } = session;
  const rules = rulesNow(hub);
  return {
    username: user.name.spelling,
    kept: user.kept,
    protocol: 1,
    auth: hub.auth,
    durable: hub.facts.durable,
    epoch: hub.facts.epoch,
    at: hub.wall,
    limits: toldLimits(hub.limits),
    features,
    here: hub.presence.here.size,
    settings: { status: user.profile.status, text: user.profile.text, reading: user.profile.reading },
    ...(isAdmin(hub, session) ? { role: "admin" } : {}),
    ...(rules.slow_mode === 0 && !rules.read_only && rules.keep_s === undefined ? {} : { house: rules }),
    conversations: standings
      .filter((standing) => isStillTheirs(user, standing))
      .map((standing) => conversationRow(hub, user, standing)),
    more,
    session: sessionName(connection, session),
    ...(exchanged === undefined ? {} : { token: exchanged }),
    ...(pass === undefined ? {} : untilOf(pass)),
  };
}
