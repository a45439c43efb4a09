// What is done to lines that were said.

import type { LineName } from "../commands/kinds.js";
import type { Doings } from "./obey.js";
import type { Order } from "./state.js";
import { done, lineOf, loudly, quietly } from "./state.js";
import type { Turn } from "./turn.js";

export const lineDoings = {
  reply: ({ line, text }, order) =>
    toLine(order, line, false, ({ conversation, seq }) =>
      done(order, { type: "message", conversation, message: text, replyTo: seq }),
    ),
  edit: ({ line, text }, order) =>
    toLine(order, line, true, ({ conversation, seq }) =>
      done(order, { type: "edit", conversation, target: seq, message: text }),
    ),
  delete: ({ line }, order) =>
    toLine(order, line, true, ({ conversation, seq }) =>
      done(order, { type: "deletion", conversation, target: seq }),
    ),
  react: ({ line, emoji }, order) => react(order, line, emoji, true),
  unreact: ({ line, emoji }, order) => react(order, line, emoji, false),
  pin: ({ line }, order) => pin(order, line, true),
  unpin: ({ line }, order) => pin(order, line, false),
  cancel: (_, order) => {
    const nonce = order.state.waiting.fresh();
    if (nonce === undefined)
      return loudly(order, "nothing waits that could be taken back; /delete takes a line away");
    return { ...quietly(order, "taken back"), facts: [{ type: "retracted", nonce }] };
  },
} satisfies Pick<Doings, "reply" | "edit" | "delete" | "react" | "unreact" | "pin" | "unpin" | "cancel">;

/** To the line that is named; to the last of one's own, or of somebody else, if none is. */
export function toLine(
  order: Order,
  name: LineName | undefined,
  own: boolean,
  act: (line: { readonly conversation: string; readonly seq: number }) => Turn,
): Turn {
  const line = lineOf(order, name, own);
  if (line !== undefined) return act(line);
  return loudly(order, own ? "you have said nothing here yet" : "nobody else has said anything here yet");
}

function react(order: Order, name: LineName | undefined, emoji: string, on: boolean): Turn {
  return toLine(order, name, false, ({ conversation, seq }) =>
    done(order, { type: "reaction", conversation, target: seq, emoji, on }),
  );
}

function pin(order: Order, name: LineName, on: boolean): Turn {
  return toLine(order, name, false, ({ conversation, seq }) =>
    done(order, { type: "pin", conversation, target: seq, on }),
  );
}
