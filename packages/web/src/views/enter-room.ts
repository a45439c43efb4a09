// Joins a room and goes there; a refusal is said in words.

import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import { sentence } from "../words/sentence.js";

export async function enterRoom(chat: Chat, session: Session, conversation: string): Promise<void> {
  const ended = await session.deeds.finish({ type: "join", conversation });
  if (ended.type === "refused") chat.say(sentence(ended.error));
  else chat.turnTo(conversation);
}
