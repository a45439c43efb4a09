// What is said about a connection itself: that it is let in, what became of its commands, where it stands.

import type { HelpPayload, RefreshPayload, SessionRow } from "../../dialects/frames/session.js";
import type { ServerPayloads } from "../../dialects/frames.js";
import { authModes, registrations } from "../../ports/gate.js";
import { objectOf } from "../../shapes/object.js";
import { count, flag, moment, oneOf, only, openWord, text } from "../../shapes/plain.js";
import { list, maybe } from "../../shapes/shape.js";
import type { ErrorPayload } from "../refusals.js";
import { refusals } from "../refusals.js";
import { rulesOfHouse } from "./house.js";
import { skip } from "./log-row.js";
import { ack, conversations, limits, settings } from "./parts.js";
import type { PushRow } from "./row.js";

/** An error as a client reads it: its code may be newer than the table of refusals that is known there. */
export type ReadError = Omit<ErrorPayload, "code"> & { readonly code: string };

const welcome: PushRow<ServerPayloads["welcome"]> = {
  what: "you are logged in: who you are, what this server can do, where your conversations stand",
  example:
    '{"type":"welcome","payload":{"username":"alice","kept":true,"protocol":1,"auth":"open","durable":true,"epoch":"c0de17f2","at":1795357825123,"limits":{"frame_bytes":65536,"message_chars":10000,"name_chars":32,"page_rows":1000,"since_url_bytes":4096,"since_frame_bytes":60000,"login_ms":30000,"login_tries":5,"account_attempts":10,"account_attempt_ms":60000,"address_attempts":50,"address_attempt_ms":10000,"ping_ms":25000,"login_rooms":20,"rooms_per_user":200,"members_per_room":10000,"devices_per_user":16,"reactions_per_message":20,"mentions_per_message":20,"pins":50,"blocks":1000,"topic_chars":300,"status_chars":100,"reason_chars":200,"term_seconds":31622400,"slow_mode_seconds":21600,"retention_seconds":316224000,"search_chars":256,"search_terms":16,"search_rows":50,"typing_every_ms":3000,"typing_for_ms":6000,"receipt_members":100,"messages_per_second":10,"messages_burst":30,"commands_per_second":50,"commands_burst":200,"address_messages_per_second":100,"address_messages_burst":300,"address_commands_per_second":1000,"address_commands_burst":5000,"connections_per_address":256},"features":["nonce","since","history"],"here":2,"settings":{"status":"online","text":"","reading":"shared"},"conversations":[{"conversation":"everyone","head":44,"read":41,"unread":2,"mentions":0}],"more":false,"session":"5021466308712345"}}',
  payload: objectOf<ServerPayloads["welcome"]>({
    username: text,
    kept: flag,
    protocol: oneOf([1]),
    auth: oneOf(authModes),
    durable: flag,
    epoch: text,
    at: moment,
    limits,
    features: list(text),
    here: count,
    settings,
    role: maybe(oneOf(["admin"])),
    house: maybe(rulesOfHouse),
    conversations,
    more: flag,
    session: text,
    token: maybe(text),
    token_until: maybe(moment),
  }),
  answers: true,
};

export const error: PushRow<ReadError> = {
  what: "why a command was not obeyed, and the way out",
  example:
    '{"type":"error","id":2,"payload":{"code":"unknown_user","message":"nobody has this name","hint":"ask users for who is here","example":"{\\"type\\":\\"users\\"}","retryable":false}}',
  payload: objectOf<ReadError>({
    code: openWord(Object.keys(refusals)),
    message: text,
    hint: maybe(text),
    example: maybe(text),
    retryable: flag,
    retry_after_ms: maybe(count),
    refused: maybe(count),
  }),
  answers: true,
};

const help: PushRow<HelpPayload> = {
  what: "what you can do now, with examples, and the limits",
  example:
    '{"type":"help","payload":{"commands":[{"type":"users","what":"list who is here","example":"{\\"type\\":\\"users\\",\\"id\\":1}"}],"auth":"open","limits":{"frame_bytes":65536,"message_chars":10000,"name_chars":32,"page_rows":1000,"since_url_bytes":4096,"since_frame_bytes":60000,"login_ms":30000,"login_tries":5,"account_attempts":10,"account_attempt_ms":60000,"address_attempts":50,"address_attempt_ms":10000,"ping_ms":25000,"login_rooms":20,"rooms_per_user":200,"members_per_room":10000,"devices_per_user":16,"reactions_per_message":20,"mentions_per_message":20,"pins":50,"blocks":1000,"topic_chars":300,"status_chars":100,"reason_chars":200,"term_seconds":31622400,"slow_mode_seconds":21600,"retention_seconds":316224000,"search_chars":256,"search_terms":16,"search_rows":50,"typing_every_ms":3000,"typing_for_ms":6000,"receipt_members":100,"messages_per_second":10,"messages_burst":30,"commands_per_second":50,"commands_burst":200,"address_messages_per_second":100,"address_messages_burst":300,"address_commands_per_second":1000,"address_commands_burst":5000,"connections_per_address":256}}}',
  payload: objectOf<HelpPayload>({
    commands: list(
      objectOf<HelpPayload["commands"][number]>({
        type: text,
        what: text,
        example: text,
        needs: maybe(oneOf(["token"])),
      }),
    ),
    auth: oneOf(authModes),
    registration: maybe(oneOf(registrations)),
    limits,
  }),
  answers: true,
};

export const resumed: PushRow<ServerPayloads["resumed"]> = {
  what: "all that you missed has been told; from here on it is live",
  example: '{"type":"resumed","payload":{"epoch":"c0de17f2","replayed":3,"ignored":["#ops"]}}',
  payload: objectOf<ServerPayloads["resumed"]>({
    epoch: text,
    replayed: count,
    ignored: maybe(list(text)),
    reset: maybe(list(text)),
  }),
};

const sessionRow = objectOf<SessionRow>({
  session: text,
  since: maybe(moment),
  until: maybe(moment),
  here: count,
  current: maybe(only),
});

export const session = {
  welcome,
  ack: {
    what: "it is done, for good: at this place of its conversation, if it is an entry",
    example:
      '{"type":"ack","id":1,"payload":{"conversation":"everyone","seq":41,"at":1795357825123,"nonce":"0192f7c2-7d5e-7cc0-8000-0123456789ab"}}',
    payload: ack,
    answers: true,
  },
  error,
  resumed,
  skip,
  behind: {
    what: "you read more slowly than others write: this conversation is read to you from its log now",
    example: '{"type":"behind","payload":{"conversation":"everyone","after":41,"head":997}}',
    payload: objectOf<ServerPayloads["behind"]>({ conversation: text, after: count, head: count }),
  },
  reconnect: {
    what: "the server restarts: connect again after so long",
    example: '{"type":"reconnect","payload":{"after_ms":1000}}',
    payload: objectOf<ServerPayloads["reconnect"]>({ after_ms: count }),
  },
  refresh: {
    what: "your login is good for longer",
    example:
      '{"type":"refresh","id":1,"payload":{"session":"4nJ0mXhQpZ2c","token":"a-newer-token-of-yours","token_until":1797949825123}}',
    payload: objectOf<RefreshPayload>({ session: text, token: maybe(text), token_until: maybe(moment) }),
    answers: true,
  },
  sessions: {
    what: "where you are logged in",
    example:
      '{"type":"sessions","id":1,"payload":{"sessions":[{"session":"4nJ0mXhQpZ2c","since":1795357825123,"until":1797949825123,"here":1,"current":true}],"more":false}}',
    payload: objectOf<ServerPayloads["sessions"]>({ sessions: list(sessionRow), more: flag }),
    answers: true,
  },
  ping: {
    what: "a sign of life, and the server's time",
    example: '{"type":"ping","id":1,"payload":{"at":1795357825123}}',
    payload: objectOf<ServerPayloads["ping"]>({ at: moment }),
    answers: true,
  },
  help,
} as const;
