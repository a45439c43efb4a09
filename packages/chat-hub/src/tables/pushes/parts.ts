// Shapes of what stands in more than one push.

import type { ConversationRow } from "../../dialects/frames/answers.js";
import type {
  EntryPayload,
  NewMessagePayload,
  StandingMessagePayload,
} from "../../dialects/frames/entries.js";
import type { UserRow } from "../../dialects/frames/people.js";
import type { AckPayload, LimitsPayload, SettingsPayload } from "../../dialects/frames/session.js";
import type { FieldsOf } from "../../shapes/object.js";
import { objectOf } from "../../shapes/object.js";
import { count, flag, moment, oneOf, only, text } from "../../shapes/plain.js";
import type { Shape } from "../../shapes/shape.js";
import { list, maybe, named } from "../../shapes/shape.js";
import { place } from "../../shapes/words.js";
import { readings, roles, statuses } from "../../words/rooms.js";

/** How others see somebody. */
export const seenStatus = oneOf(["online", "away", "busy", "offline"]);
export const role = oneOf(roles);

/** What every entry has. */
export const entryFields: FieldsOf<EntryPayload> = {
  from: text,
  sent: text,
  to: maybe(text),
  conversation: text,
  seq: place,
  at: moment,
  nonce: maybe(text),
};

export const messageFields: FieldsOf<NewMessagePayload> = {
  message: text,
  ...entryFields,
  reply_to: maybe(place),
  thread: maybe(place),
  mentions: maybe(list(text)),
  version: maybe(place),
  edited: maybe(moment),
  deleted: maybe(only),
};

export const message: Shape<NewMessagePayload> = named(
  "message",
  "A message as it was pushed, with its newest text.",
  objectOf<NewMessagePayload>(messageFields),
);

export const standingMessage: Shape<StandingMessagePayload> = named(
  "standing_message",
  "A message as it stands: what was done to it is counted in.",
  objectOf<StandingMessagePayload>({
    ...messageFields,
    reactions: maybe(
      list(
        objectOf<{ readonly emoji: string; readonly count: number; readonly mine?: true }>({
          emoji: text,
          count,
          mine: maybe(only),
        }),
      ),
    ),
    replies: maybe(count),
    pinned: maybe(only),
  }),
);

const conversationFields: FieldsOf<ConversationRow> = {
  conversation: text,
  head: count,
  read: count,
  unread: count,
  mentions: count,
  muted: maybe(only),
  role: maybe(role),
};
export const whereYouStand = objectOf<ConversationRow>(conversationFields);
export const conversations: Shape<readonly ConversationRow[]> = list(
  named("conversation_row", "A conversation of yours, and where you stand in it.", whereYouStand),
);

export const settings = objectOf<SettingsPayload>({
  status: oneOf(statuses),
  text,
  reading: oneOf(readings),
});

export const users: Shape<readonly UserRow[]> = list(
  named(
    "user_row",
    "Somebody, and how they are seen.",
    objectOf<UserRow>({ username: text, status: seenStatus, text: maybe(text) }),
  ),
);

export const ack = objectOf<AckPayload>({
  conversation: maybe(text),
  seq: maybe(count),
  at: moment,
  nonce: maybe(text),
  duplicate: maybe(only),
  unchanged: maybe(only),
  recipient: maybe(oneOf(["here", "away"])),
  reached: maybe(count),
});

export const limits: Shape<LimitsPayload> = named(
  "limits",
  "The limits that a client can meet. Rates are absent where they are lifted, `keep_s` where everything is kept for ever.",
  objectOf<LimitsPayload>({
    frame_bytes: count,
    message_chars: count,
    name_chars: count,
    page_rows: count,
    since_url_bytes: count,
    since_frame_bytes: count,
    login_ms: count,
    login_tries: count,
    account_attempts: count,
    account_attempt_ms: count,
    address_attempts: count,
    address_attempt_ms: count,
    ping_ms: count,
    login_rooms: count,
    rooms_per_user: count,
    members_per_room: count,
    devices_per_user: count,
    reactions_per_message: count,
    mentions_per_message: count,
    pins: count,
    blocks: count,
    topic_chars: count,
    status_chars: count,
    reason_chars: count,
    term_seconds: count,
    slow_mode_seconds: count,
    retention_seconds: count,
    search_chars: count,
    search_terms: count,
    search_rows: count,
    typing_every_ms: count,
    typing_for_ms: count,
    receipt_members: count,
    keep_s: maybe(count),
    messages_per_second: maybe(count),
    messages_burst: maybe(count),
    commands_per_second: maybe(count),
    commands_burst: maybe(count),
    address_messages_per_second: maybe(count),
    address_messages_burst: maybe(count),
    address_commands_per_second: maybe(count),
    address_commands_burst: maybe(count),
    connections_per_address: maybe(count),
  }),
);

export const receiptFields = { username: text, delivered: count, read: count };
export const flagged = { username: text, on: flag };
