// What one chooses for oneself, and the program's own.

import type { OwnDeed } from "chat-hub";
import { helpLines } from "../commands/help.js";
import { isNumbered, many } from "../look.js";
import type { Doings } from "./obey.js";
import type { Order, TalkState } from "./state.js";
import { called, conversationOf, done, loudly, quietly } from "./state.js";
import type { Turn } from "./turn.js";
import { lines } from "./turn.js";

export const ownDoings = {
  help: ({ about }, { state }) => lines(...helpLines(about, state.viewer)),
  status: ({ status, text }, order) => {
    if (status === undefined && text === undefined) return quietly(order, statusWords(order.state));
    // What was said about one status says nothing about the next.
    return done(order, { type: "status", status, text: text ?? "" });
  },
  away: ({ text = "" }, order) => done(order, { type: "status", status: "away", text }),
  back: (_, order) => done(order, { type: "status", status: "online", text: "" }),
  privacy: ({ reading }, order) => {
    if (reading !== undefined) return done(order, { type: "privacy", reading });
    return quietly(order, privacyWords(order.state.settings?.reading ?? "shared"));
  },
  mute: ({ conversation }, order) => mute(order, conversation, true),
  unmute: ({ conversation }, order) => mute(order, conversation, false),
  numbers: (_, order) => {
    const { viewer } = order.state;
    viewer.numbers = !isNumbered(viewer);
    return quietly(order, viewer.numbers ? "lines show their numbers" : "lines show no numbers");
  },
  quit: (_, order) => {
    const { state } = order;
    const count = state.waiting.count();
    if (count === 0 || state.isLeaving) return { lines: [], leave: true };
    state.isLeaving = true;
    const soon = state.connection.state === "online" ? "sent first" : "not sent yet";
    return loudly(order, `${many(count, "line is", "lines are")} ${soon}; /quit again leaves without`);
  },
} satisfies Pick<
  Doings,
  "help" | "status" | "away" | "back" | "privacy" | "mute" | "unmute" | "numbers" | "quit"
>;

function mute(order: Order, where: string | undefined, on: boolean): Turn {
  const conversation = where === undefined ? order.state.target : conversationOf(order.state, where);
  return done(order, { type: "mute", conversation, on });
}

function statusWords({ settings }: TalkState): string {
  if (settings === undefined) return "not connected: nobody knows";
  return `you are ${settings.status}${settings.text === "" ? "" : `: ${settings.text}`}`;
}

function privacyWords(reading: "shared" | "private"): string {
  return reading === "shared" ? "others see how far you have read" : "nobody sees how far you have read";
}

/** What is said when the server has taken it. */
export function chosenWords(deed: OwnDeed, state: TalkState): string {
  switch (deed.type) {
    case "status": {
      const { status = state.settings?.status ?? "online", text = "" } = deed;
      return `you are ${status} now${text === "" ? "" : `: ${text}`}`;
    }
    case "privacy":
      return privacyWords(deed.reading);
    case "block":
      return deed.on ? `you hear no more of ${deed.username}` : `you hear of ${deed.username} again`;
    case "mute": {
      const name = called(state, deed.conversation);
      return deed.on
        ? `${name} is muted: its lines show while you speak there, or if they call you`
        : `${name} is not muted any more`;
    }
  }
}
