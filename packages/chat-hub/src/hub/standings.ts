// Where a user stands in a conversation, as they are told it.

import type { ConversationRow } from "../dialects/frames/answers.js";
import { conversationName } from "../words/conversations.js";
import type { Standing } from "../words/log.js";
import { unreadSince } from "./audience.js";
import type { HubState } from "./state/hub-state.js";
import type { User } from "./state/user.js";

/** Whether it is still theirs: of a room that they have left since the store looked they were told so. */
export function isStillTheirs({ rooms }: User, { room, conversation }: Standing): boolean {
  return room === undefined || rooms.has(conversation);
}

/** What was published since the store looked counts too, also for what they are there. */
export function conversationRow(hub: HubState, { roles }: User, standing: Standing): ConversationRow {
  const audience = hub.audiences.get(standing.conversation);
  const isOld = audience !== undefined && audience.head > standing.head;
  const role = (isOld ? roles.get(standing.conversation) : undefined) ?? standing.role;
  const newer = audience === undefined ? 0 : unreadSince(audience, standing.head, standing.read);
  return {
    conversation: conversationName(standing),
    head: Math.max(standing.head, audience?.head ?? 0),
    read: standing.read,
    unread: Math.max(0, standing.unread + newer),
    mentions: standing.mentions,
    ...(standing.muted ? { muted: true } : {}),
    ...(role === undefined ? {} : { role }),
  };
}
