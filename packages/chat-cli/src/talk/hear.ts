// What a person is shown of what the client core tells.

import type { ClientEvent, ClientFact, Connection } from "chat-hub";
import { nameKey, unreachable } from "chat-hub";
import { many } from "../look.js";
import { announcer, awayLines, greetingLines, houseWords, refusalLines, refusalWords } from "../notices.js";
import { answered } from "./answered.js";
import { chosenWords } from "./do-own.js";
import { historyRows, inWords } from "./do-reading.js";
import { tellEntry } from "./entry.js";
import type { Order, TalkState } from "./state.js";
import { aim, ask, called, loudly, quietly, watched } from "./state.js";
import type { Turn } from "./turn.js";
import { lines, nothing, together } from "./turn.js";

/** An event, and when it was told. */
/** What is shown of a room on coming in. */
const lookBackRows = 10;

type Heard = Pick<Order, "state" | "moment">;
type Event<Type extends ClientEvent["type"]> = Extract<ClientEvent, { type: Type }>;

export function hear(event: ClientEvent, heard: Heard): Turn {
  const { state, moment } = heard;
  const { places, waiting, company } = state;
  switch (event.type) {
    case "connection":
      return turned(event.connection, heard);
    case "welcome":
      return welcomed(event, heard);
    case "resumed":
      state.isLive = true;
      return nothing;
    case "entry":
      return tellEntry(event.entry, state, moment);
    case "acked":
      return acked(event, heard);
    case "refused":
      return refused(event, heard);
    case "delayed":
      waiting.delay(event.nonce, event.error.message, event.until);
      return nothing;
    case "unsent":
      waiting.take(event.unsent, moment.at);
      return nothing;
    case "people":
      return together(...company.meet(event).map((news) => quietly(heard, news)));
    case "answered":
      return answered(event, heard);
    case "unanswered":
      return unanswered(event, heard);
    case "reset":
      return reset(event, heard);
    case "gone":
      return quietly(
        heard,
        `${many(event.before - event.after - 1, "line is", "lines are")} not kept any more`,
      );
    case "announcement":
      return { ...loudly(heard, `${announcer(event.from)} announces: ${event.message}`), ring: true };
    case "house":
      return loudly(heard, houseWords(event.house));
    case "about_you":
      return loudly(heard, event.message);
    case "complaint":
      return loudly(heard, `the server says: ${event.error.message}`);
    case "invited":
      return {
        ...loudly(
          heard,
          `${event.from} asks you into ${event.conversation}; /join ${event.conversation} goes there`,
        ),
        ring: true,
      };
    case "view":
      return viewed(event, state);
    case "standing":
      places.stands(event.standing);
      return nothing;
    case "departed":
      return departed(event, heard);
    case "room":
      places.heardOf(event.room);
      return nothing;
    case "typing":
      state.typing.set(event.conversation, event.usernames);
      return nothing;
    case "settings":
      state.settings = event.settings;
      return nothing;
    // Of a token the terminal shows nothing.
    case "token":
    case "token_wanted":
    case "blocked":
    case "listed":
      return nothing;
    default:
      return unreachable(event);
  }
}

function unanswered({ ask: number, error }: Event<"unanswered">, heard: Heard): Turn {
  const { asked } = heard.state;
  const isOldPassword = error.code === "not_let_in" && asked.get(number)?.question.type === "set_password";
  asked.delete(number);
  return loudly(heard, isOldPassword ? "that is not your password now; it stays" : refusalWords(error));
}

function welcomed({ welcome }: Event<"welcome">, { state, moment }: Heard): Turn {
  state.viewer.username = welcome.username;
  state.settings = welcome.settings;
  state.login = welcome;
  if (state.everOnline) return nothing;
  return lines(...greetingLines(welcome, state.url, historyRows, moment.wall, state.viewer));
}

function turned(now: Connection, heard: Heard): Turn {
  const { state } = heard;
  const before = state.connection.state;
  state.connection = now;
  if (now.state === "online") {
    const again = state.everOnline;
    state.everOnline = true;
    state.wasReset = false;
    if (again) return quietly(heard, "back online");
    return { lines: [], facts: watched(state.target) };
  }
  if (now.state !== "waiting" || before !== "online") return nothing;
  state.typing.clear();
  const why = now.reason === "" ? "" : ` (${now.reason})`;
  return quietly(heard, `connection lost${why}; what you write is kept and sent later`);
}

function acked({ deed, ack, told }: Event<"acked">, heard: Heard): Turn {
  const { state, moment } = heard;
  switch (deed.type) {
    case "status":
    case "privacy":
    case "block":
    case "mute":
      return quietly(heard, chosenWords(deed, state));
    case "message": {
      const { conversation, seq } = ack;
      if (ack.recipient !== "away" || conversation === undefined) return nothing;
      const name = called(state, conversation).slice(1);
      if (told) return lines(...awayLines(name, moment.wall, state.viewer));
      state.away.set(`${conversation} ${seq}`, name);
      return nothing;
    }
    case "join":
      if (ack.unchanged !== true) return lookBack(deed.conversation, heard);
      return quietly(heard, `you are in ${called(state, deed.conversation)}`);
    case "kick":
    case "ban":
    case "silence":
    case "slow":
    case "role":
    case "retention":
    case "announce":
    case "readOnly":
      // What is done in the house stands in no log, so that it is done is said here.
      if (ack.seq !== undefined && ack.unchanged !== true) return nothing;
      return quietly(heard, ack.unchanged === true ? "it was so already" : "it is done");
    default:
      return ack.unchanged === true ? quietly(heard, "it was so already") : nothing;
  }
}

/** Whoever comes into a room wants to know what is being talked about. */
function lookBack(conversation: string, heard: Heard): Turn {
  const title = `said before ${inWords(heard.state, conversation)}`;
  return ask(heard, { type: "history", conversation, limit: lookBackRows }, title, { isModest: true });
}

/** What was said before is known then, and can be quoted. */
function viewed(event: Event<"view">, state: TalkState): Turn {
  if (event.conversation !== state.target) return nothing;
  state.view = event;
  for (const line of event.view.lines) {
    if (line.kind !== "message" || line.hidden === true) continue;
    if (state.lately.find(event.conversation, line.seq) === undefined) state.lately.said(line);
  }
  return nothing;
}

/** It is shown, and let go of. Who wanted to go into a room and may not is where they were. */
function refused({ nonce, deed, error }: Event<"refused">, { state, moment }: Heard): Turn {
  const shown = lines(...refusalLines(deed, error, moment.wall, state.viewer));
  const facts: ClientFact[] = [{ type: "retracted", nonce }];
  if ((deed.type === "join" || deed.type === "create") && nameKey(deed.conversation) === state.target) {
    // A room of this name may be ours all the same: then one is there.
    if (!state.places.isOurs(state.target)) facts.push(...aim(state, "everyone"));
  }
  return together(shown, { lines: [], facts });
}

/** What is typed still goes there, and is refused: it must not become something said to everyone. */
function departed({ conversation, why }: Event<"departed">, heard: Heard): Turn {
  const { state } = heard;
  const name = called(state, conversation);
  state.places.departed(conversation);
  state.typing.delete(conversation);
  const words = {
    left: "you left",
    kicked: "you were removed from",
    banned: "you were banned from",
    gone: "you are gone from",
  };
  const wasShown = state.goodbyes.delete(conversation);
  const told = wasShown ? nothing : loudly(heard, `${words[why]} ${name}`);
  if (state.target !== conversation) return why === "left" ? nothing : told;
  return together(
    told,
    loudly(heard, `what you type still goes to ${name}; /everyone goes back to everyone`),
  );
}

function reset({ conversation }: Event<"reset">, heard: Heard): Turn {
  const { state } = heard;
  const again = state.wasReset;
  state.wasReset = true;
  state.lately.forget(conversation);
  return again ? nothing : loudly(heard, "the server's history is another one now; it goes on from here");
}
