// Whether what stands in a log is what a command asked for.

import type { Frame, Payload } from "./frames.ts";
import type { Placed } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";

/** What is another in the log than in the command; nothing if it is what was sent. */
export function unlike(
  { type, payload }: Frame,
  { entry, texts, seq }: Placed,
  person: Person,
): string | undefined {
  const wanted = wantedOf(type, payload, person);
  if (wanted === undefined) return undefined;
  const message = entry.type === "message" ? texts[0]?.text : undefined;
  const stands = { ...entry, ...(message === undefined ? {} : { message }) } as Readonly<
    Record<string, unknown>
  >;
  for (const [field, value] of Object.entries(wanted)) {
    if (value === undefined || fold(stands[field]) === fold(value)) continue;
    return `${field} of ${seq} is ${JSON.stringify(stands[field])}, sent was ${JSON.stringify(value)}`;
  }
  return undefined;
}

/** The fields that the entry of a command has. */
function wantedOf(
  type: string,
  payload: Payload,
  person: Person,
): Readonly<Record<string, unknown>> | undefined {
  const { message, message_seq: target, username, emoji, on = true } = payload;
  switch (type) {
    case "send_message":
    case "private_message":
      return { type: "message", message, replyTo: payload.reply_to };
    case "edit_message":
      return { type: "edit", target, message };
    case "delete_message":
      return { type: "deletion", target };
    case "react":
      return { type: "reaction", target, emoji, on };
    case "pin":
      return { type: "pin", target, on };
    case "create_room":
    case "join_room":
      return { type: "join" };
    case "leave_room":
      return { type: "leave", why: "left", username: person.name };
    case "invite":
      return { type: "invite", username };
    case "kick":
      return { type: "leave", why: "kicked", username };
    case "ban":
    case "unban":
      return { type: "ban", username, on: type === "ban" };
    case "silence":
    case "unsilence":
      return { type: "silence", username, on: type === "silence" };
    case "slow_mode":
      return { type: "update", slowMode: payload.seconds };
    case "set_role":
      return { type: "role", username, role: payload.role };
    case "set_topic":
      return { type: "update", topic: payload.topic };
    case "set_history":
      return { type: "update", history: payload.history };
    case "archive_room":
      return { type: "update", archived: on };
    default:
      return undefined;
  }
}

/** Names may be spelled otherwise, and an emoji has two spellings. */
function fold(value: unknown): unknown {
  return typeof value === "string"
    ? value
        .replace(/^@/, "")
        .replace(/\uFE0F$/, "")
        .toLowerCase()
    : value;
}
