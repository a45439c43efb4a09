// Where a user stands in a conversation, as they are told it.

import type { ConversationRow } from "../dialects/frames.js";
import { conversationName } from "../words/conversations.js";
import { everyone } from "../words/ids.js";
import type { Standing } from "../words/log.js";
import type { HubState } from "./state.js";

/** What was published since the store looked counts too. */
export function conversationRow(hub: HubState, standing: Standing): ConversationRow {
  const newer = standing.conversation === everyone ? Math.max(0, hub.head - standing.head) : 0;
  return {
    conversation: conversationName(standing),
    head: standing.head + newer,
    read: standing.read,
    unread: standing.unread + newer,
  };
}
