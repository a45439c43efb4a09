// Where one speaks.

import type { Doings } from "./obey.js";
import type { Order } from "./state.js";
import { aim, called, conversationOf, done, loudly } from "./state.js";
import type { Turn } from "./turn.js";

export const whereDoings = {
  to: ({ conversation }, order) => goTo(order, conversationOf(order.state, conversation)),
  everyone: ({ text }, order) =>
    text === undefined ? goTo(order, "everyone") : say(order, "everyone", text),
  dm: ({ person, text }, order) => {
    const conversation = conversationOf(order.state, `@${person}`);
    return text === undefined ? goTo(order, conversation) : say(order, conversation, text);
  },
} satisfies Pick<Doings, "to" | "everyone" | "dm">;

function goTo(order: Order, conversation: string): Turn {
  const { state } = order;
  const isStrange = conversation.startsWith("#") && state.everOnline && !state.places.isOurs(conversation);
  if (isStrange) return loudly(order, `you are not in ${conversation}; /join ${conversation} goes there`);
  return { lines: [], facts: aim(state, conversation) };
}

export function say(order: Order, conversation: string, message: string): Turn {
  if (message.trim() === "") return loudly(order, `nothing is said to ${called(order.state, conversation)}`);
  // That the draft is gone is told by what it has become.
  if (order.state.typedIn === conversation) order.state.typedIn = undefined;
  return done(order, { type: "message", conversation, message });
}
