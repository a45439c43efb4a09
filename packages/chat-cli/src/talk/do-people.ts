// Who is here, and who is not to be heard.

import { gutter } from "../look.js";
import { join } from "../palette.js";
import type { Doings } from "./obey.js";
import { ask, done, loudly } from "./state.js";
import { lines } from "./turn.js";

export const peopleDoings = {
  who: (_, order) => {
    const { connection, company, viewer } = order.state;
    const list = connection.state === "online" ? company.list() : undefined;
    if (list === undefined) return loudly(order, "not connected: nobody knows who is here");
    return lines(join(viewer.palette.quiet(gutter(order.moment.wall, undefined, viewer)), list));
  },
  whois: ({ person: username }, order) => ask(order, { type: "whois", username }),
  block: ({ person: username }, order) => done(order, { type: "block", username, on: true }),
  unblock: ({ person: username }, order) => done(order, { type: "block", username, on: false }),
  blocks: (_, order) => ask(order, { type: "blocks", limit: 200 }),
} satisfies Pick<Doings, "who" | "whois" | "block" | "unblock" | "blocks">;
