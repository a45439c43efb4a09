// L7: what is queued for a connection stays under a cap, however slow its reader, and what is queued for
// it alone under a lower one; and when everybody has gone, nothing is held.

import type { Rule } from "./rule.ts";
import { broken } from "./rule.ts";

const kibibyte = 1024;

/**
 * Past a mebibyte (`congestedBytes`) a connection is only handed what was on its way: the page that is
 * being read to it, and answers to what it asked, of 64 KiB at the most each.
 */
export const mostQueuedBytes = (1024 + 48 + 2 * 64) * kibibyte;

/**
 * Of its own it has at most what it may have without being congested (`congestedOwnBytes`, which is 2,000
 * in a world), what is gathered for it in one turn, and one answer; acks of what it had sent are few. In
 * worlds pages and messages are short: the most that was seen in 2,000 of them is half of this.
 */
export const mostOwnBytes = 24 * kibibyte;

export function bounded(mostQueuedBytes: number): Rule {
  return (step) => {
    const { observed } = step;
    if (observed.type === "queued" && observed.bytes > mostQueuedBytes)
      broken("L7", step, `${observed.bytes} bytes are queued, of at most ${mostQueuedBytes}`);
    if (observed.type === "queued" && observed.own > mostOwnBytes)
      broken("L7", step, `${observed.own} bytes are queued for it alone, of at most ${mostOwnBytes}`);
    if (observed.type !== "empty") return;
    const { deadline, openAsks, subscriptions } = observed;
    if (deadline !== undefined)
      broken("L7", step, `everybody has gone, and the hub still waits until ${deadline}`);
    if (openAsks > 0) broken("L7", step, `everybody has gone, and ${openAsks} asks are open`);
    if (subscriptions > 0)
      broken("L7", step, `everybody has gone, and ${subscriptions} subscriptions are left`);
  };
}
