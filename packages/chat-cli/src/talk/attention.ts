// What of the printed lines counts as read. Nobody can know whether a person looks at a terminal; but who
// has just pressed a key sits before it, and who presses one later sees what came meanwhile.

import type { ClientFact } from "chat-hub";

export interface Attention {
  /** A line was printed: gives what is read by that. */
  printed(conversation: string, seq: number, wall: number): readonly ClientFact[];
  /** A key was pressed. */
  pressed(wall: number): readonly ClientFact[];
}

/** So long after a key the person is taken to be looking. */
const lookingMs = 60_000;

/** The person has just called the program. */
export function createAttention(wall: number): Attention {
  const printed = new Map<string, number>();
  let lookedAt = wall;

  function look(): readonly ClientFact[] {
    const facts = [...printed].map(([conversation, seq]) => ({ type: "read", conversation, seq }) as const);
    printed.clear();
    return facts;
  }

  return {
    printed(conversation, seq, now) {
      printed.set(conversation, Math.max(seq, printed.get(conversation) ?? 0));
      return now - lookedAt < lookingMs ? look() : [];
    },
    pressed(now) {
      lookedAt = now;
      return look();
    },
  };
}
