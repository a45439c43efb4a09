// The end of a login: where they stand is known, they are told, and they are here.

import type { ActCommand } from "../dialects/command.js";
import { toldLimits } from "../dialects/dialect.js";
import type { WelcomePayload } from "../dialects/frames/session.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { Stood } from "../ports/standings.js";
import { features } from "../tables/features.js";
import { append } from "./delivery.js";
import { end } from "./departure.js";
import { arrive } from "./presence.js";
import { refuse } from "./refuse.js";
import { goOn } from "./replay.js";
import { locate } from "./resume.js";
import { conversationRow, isStillTheirs } from "./standings.js";
import type { Connection, HubState, User } from "./state.js";
import { send } from "./state.js";

/** Where they stand is known: they are told, and are here from now on. */
export function welcomed(hub: HubState, connection: Connection, answer: Stood | StoreRefusal): void {
  if (connection.stage.state !== "entering") return;
  if (!answer.ok) {
    refuse(hub, connection, connection.stage.login.id, answer.code);
    return end(hub, connection, "tryLater");
  }
  const { login: wish, session } = connection.stage;
  hub.alarms.connections.clear("login", connection);
  connection.stage = { state: "here", session };
  arrive(hub, session.user);
  session.presenceTold = hub.presence.version;
  const unreadPrivate =
    wish.since === undefined ? answer.standings.filter(({ peer }) => peer !== undefined).length : 0;
  const payload = welcomePayload(hub, session.user, answer);
  send(hub, connection, connection.dialect.encode({ type: "welcome", id: wish.id, payload, unreadPrivate }));
  if (session.resume === undefined) {
    goOn(hub, connection, session);
  } else {
    locate(hub, connection, session, session.resume, wish.epoch);
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

function welcomePayload(hub: HubState, user: User, { standings, more }: Stood): WelcomePayload {
  return {
    username: user.name.spelling,
    kept: user.kept,
    protocol: 1,
    auth: "open",
    durable: hub.facts.durable,
    epoch: hub.facts.epoch,
    at: hub.wall,
    limits: toldLimits(hub.limits),
    features,
    here: hub.presence.here.size,
    settings: { status: user.profile.status, text: user.profile.text, reading: user.profile.reading },
    conversations: standings
      .filter((standing) => isStillTheirs(user, standing))
      .map((standing) => conversationRow(hub, standing)),
    more,
  };
}
