// Our conversations, and the rooms that were heard of: how they are spelled, what waits in them unread,
// and what one is in them.

import type { ClientEvent, ConversationState } from "chat-hub";
import { nameKey } from "chat-hub";

export type Room = Extract<ClientEvent, { type: "room" }>["room"];

export interface Places {
  stands(standing: ConversationState): void;
  departed(conversation: string): void;
  heardOf(room: Room): void;
  /** We have made it, in this spelling: `#Dev`. */
  made(room: string): void;
  isOurs(conversation: string): boolean;
  isMuted(conversation: string): boolean;
  room(conversation: string): Room | undefined;
  /** `#Dev`, `@Bob`, as its people spell it. */
  spelled(conversation: string): string;
  /** What is unread, those that call us first. */
  unread(): readonly ConversationState[];
  all(): readonly ConversationState[];
  rooms(): { readonly ours: readonly string[]; readonly others: readonly string[] };
}

export function createPlaces(): Places {
  const ours = new Map<string, ConversationState>();
  const rooms = new Map<string, Room>();
  const spellings = new Map<string, string>();

  function spelled(conversation: string): string {
    const sign = conversation.charAt(0);
    const heard = ours.get(conversation)?.spelling ?? rooms.get(conversation)?.name;
    const spelling = heard ?? spellings.get(conversation);
    return spelling === undefined || !/[@#]/.test(sign) ? conversation : sign + spelling;
  }

  return {
    stands(standing) {
      ours.set(standing.conversation, standing);
    },
    departed(conversation) {
      ours.delete(conversation);
    },
    heardOf(room) {
      rooms.set(room.conversation, room);
    },
    made(room) {
      spellings.set(nameKey(room), room.slice(1));
    },
    isOurs: (conversation) => ours.has(conversation),
    isMuted: (conversation) => ours.get(conversation)?.muted === true,
    room: (conversation) => rooms.get(conversation),
    spelled,
    unread: () =>
      [...ours.values()]
        .filter(({ unread }) => unread > 0)
        .sort((one, other) => other.mentions - one.mentions || (other.at ?? 0) - (one.at ?? 0)),
    all: () => [...ours.values()],
    rooms() {
      const mine = [...ours.keys()].filter((name) => name.startsWith("#"));
      const others = [...rooms.keys()].filter((name) => !ours.has(name));
      return { ours: mine.map(spelled), others: others.map(spelled) };
    },
  };
}
