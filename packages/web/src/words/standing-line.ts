// A message of an answer (a thread, the pinned ones) as a line, for us.

import type { MessageLine, StandingMessagePayload } from "chat-hub";

interface Self {
  isMe(name: string): boolean;
}

const known = new WeakMap<StandingMessagePayload, MessageLine>();

export function viewLine(message: StandingMessagePayload, self: Self): MessageLine {
  const found = known.get(message);
  if (found !== undefined) return found;
  const line: MessageLine = {
    ...message,
    kind: "message",
    key: message.nonce ?? `${message.seq}`,
    own: self.isMe(message.from),
  };
  known.set(message, line);
  return line;
}
