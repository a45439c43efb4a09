// What a client can be refused, and what it is told then. A refusal never ends a connection by
// itself. `message` says what is wrong, `hint` the way out; a caller may say both more exactly.

import type { AuthMode } from "../ports/gate.js";

interface RefusalRow {
  readonly message: string;
  readonly hint: string;
  readonly example: string;
  /** The same frame, sent again later, may succeed. */
  readonly retryable: boolean;
  /** What the simple dialect is told instead; its example is a plain line, unless the way out is another. */
  readonly simple?: { readonly hint?: string; readonly example?: string };
  /** And where a login shows something. */
  readonly auth?: { readonly [Mode in AuthMode]?: ModeWords };
}

/** What is told where people log in by passwords, or by tokens that somebody else signs. */
interface ModeWords {
  readonly hint?: string;
  readonly example: string;
  /** The example of the simple dialect. */
  readonly simple: string;
}

const simpleSend = '{"message":"hi","target":""}';
const simpleLogin = "/v1/ws?username=alice";
const simpleToken = "/v1/ws?username=bob&token=a-secret-of-16-or-more";
const sendExample = '{"type":"send_message","payload":{"message":"hi"}}';
const loginExample = '{"type":"login","payload":{"username":"alice"}}';
const passwordLogin = '{"type":"login","payload":{"username":"alice","password":"a long password"}}';
const signedLogin = '{"type":"login","payload":{"token":"the-token-that-you-were-given"}}';
const simplePassword = "/v1/ws?username=alice&password=a%20long%20password";
const simpleSigned = "/v1/ws?token=the-token-that-you-were-given";
const historyExample = '{"type":"history","payload":{"conversation":"everyone","limit":20}}';

export const refusals = {
  malformed: {
    message: "this frame can't be read",
    hint: "send one JSON object per frame",
    example: sendExample,
    simple: { example: simpleSend },
    retryable: false,
  },
  text_only: {
    message: "binary frames are not read here",
    hint: "send text frames with JSON",
    example: sendExample,
    simple: { example: simpleSend },
    retryable: false,
  },
  unknown_type: {
    message: "no command has this type",
    hint: "see PROTOCOL.md for the commands",
    example: sendExample,
    retryable: false,
  },
  too_long: {
    message: "the message is too long",
    hint: "a message has at most 10000 characters; send it in parts",
    example: sendExample,
    retryable: false,
  },
  empty_message: {
    message: "the message is empty",
    hint: "a message needs at least one character that is not white space",
    example: sendExample,
    simple: { example: simpleSend },
    retryable: false,
  },
  login_first: {
    message: "you are not logged in yet",
    hint: "send login first, or connect with ?username=NAME",
    example: loginExample,
    retryable: false,
    auth: {
      password: { hint: "send login first", example: passwordLogin, simple: simplePassword },
      jwt: {
        hint: "send login first, or connect with ?token=TOKEN",
        example: signedLogin,
        simple: simpleSigned,
      },
    },
  },
  already_logged_in: {
    message: "this connection is logged in already",
    hint: "open another connection for another name",
    example: '{"type":"whois","payload":{"username":"alice"}}',
    retryable: false,
  },
  bad_name: {
    message: "this name can't be used",
    hint: "1 to 32 letters of one script or digits, also _ . - inside",
    example: loginExample,
    simple: { example: simpleLogin },
    retryable: false,
  },
  name_taken: {
    message: "somebody else has this name",
    hint: "choose another name, or give the token that holds it",
    example: loginExample,
    simple: { example: simpleToken },
    retryable: false,
  },
  bad_since: {
    message: "since can't be read",
    hint: 'give "unread" or cursors such as everyone:41,@bob:7',
    example: "everyone:41,@bob:7",
    retryable: false,
  },
  unknown_user: {
    message: "nobody has this name",
    hint: "ask users for who is here",
    example: '{"type":"users"}',
    simple: { hint: "check the name; /ws can list who is here", example: '{"message":"hi","target":"bob"}' },
    retryable: false,
  },
  away: {
    message: "whoever had this name has gone and can't be reached",
    hint: "a name that is to get messages while away must log in with a token",
    example: '{"type":"login","payload":{"username":"bob","token":"a-secret-of-16-or-more"}}',
    simple: { example: simpleToken },
    retryable: false,
  },
  unknown_conversation: {
    message: "there is no such conversation",
    hint: "conversations lists yours, rooms those that there are",
    example: '{"type":"rooms"}',
    simple: { hint: "leave target empty for all, or give a name", example: simpleSend },
    retryable: false,
  },
  unknown_message: {
    message: "there is no such message in this conversation",
    hint: "reply_to is the seq of a message that is there already",
    example: '{"type":"send_message","payload":{"message":"yes","reply_to":1}}',
    retryable: false,
  },
  not_member: {
    message: "you are not in this room",
    hint: "join it, if it is public; to a private one somebody must invite you",
    example: '{"type":"join_room","payload":{"conversation":"#dev"}}',
    simple: {
      hint: "name it when you connect, if it is public; to a private one somebody must invite you",
      example: "/v1/ws?username=alice&rooms=dev",
    },
    retryable: false,
  },
  banned: {
    message: "you are banned from this room",
    hint: "only a moderator of the room can lift it",
    example: '{"type":"rooms"}',
    retryable: false,
  },
  forbidden: {
    message: "you may not do this here",
    hint: "PROTOCOL.md lists who may do what; members tells your role",
    example: '{"type":"members","payload":{"conversation":"#dev"}}',
    retryable: false,
  },
  blocked: {
    message: "one of you has blocked the other",
    hint: "blocks lists whom you have blocked",
    example: '{"type":"blocks"}',
    simple: { hint: "write to everyone instead", example: simpleSend },
    retryable: false,
  },
  room_taken: {
    message: "there is a room of this name",
    hint: "choose another name, or join it if it is public",
    example: '{"type":"join_room","payload":{"conversation":"#dev"}}',
    retryable: false,
  },
  archived: {
    message: "this room is archived: it can only be read",
    hint: "an owner can open it again",
    example: '{"type":"archive_room","payload":{"conversation":"#dev","on":false}}',
    simple: { example: simpleSend },
    retryable: false,
  },
  deleted: {
    message: "this message was deleted",
    hint: "what is deleted stays so",
    example: historyExample,
    retryable: false,
  },
  last_owner: {
    message: "a room needs an owner",
    hint: "make somebody else an owner first",
    example: '{"type":"set_role","payload":{"conversation":"#dev","username":"bob","role":"owner"}}',
    retryable: false,
  },
  limit_reached: {
    message: "there are as many as there can be",
    hint: "welcome tells the limits",
    example: '{"type":"help"}',
    retryable: false,
  },
  bad_query: {
    message: "this search can't be read",
    hint: 'words, "a phrase", from:alice in:#dev before:2026-12-31 after:2026-01-01 has:link mentions:me',
    example: '{"type":"search","payload":{"query":"release from:alice"}}',
    retryable: false,
  },
  nonce_reused: {
    message: "this nonce was used for something else",
    hint: "make a new nonce for each message; repeat one only with the very same message",
    example: '{"type":"send_message","payload":{"message":"hi","nonce":"a-nonce-of-16-or-more"}}',
    retryable: false,
  },
  token_needed: {
    message: "this needs a name that is kept",
    hint: "log in with a token, on another connection",
    example: '{"type":"login","payload":{"username":"bob","token":"a-secret-of-16-or-more"}}',
    simple: { example: simpleToken },
    retryable: false,
  },
  not_let_in: {
    message: "this name and what was shown for it do not go together",
    hint: "check both; who has no account asks whoever runs the server",
    example: passwordLogin,
    simple: { example: "/v1/ws?username=alice&token=what-welcome-gave-you" },
    retryable: false,
    auth: {
      jwt: {
        hint: "get a new token where you log in; a name may be left out, or is the token's",
        example: signedLogin,
        simple: simpleSigned,
      },
    },
  },
  login_expired: {
    message: "this login has ended",
    hint: "log in with your password, or with a newer token",
    example: passwordLogin,
    simple: { example: "/v1/ws?username=alice&token=a-newer-token" },
    retryable: false,
    auth: { jwt: { hint: "log in with a newer token", example: signedLogin, simple: simpleSigned } },
  },
  registration_closed: {
    message: "nobody can make an account for themselves here",
    hint: "ask whoever runs the server: chat-server user add NAME",
    example: loginExample,
    retryable: false,
    auth: { jwt: { hint: "log in with your token", example: signedLogin, simple: simpleSigned } },
  },
  invite_needed: {
    message: "an account needs an invite code that is good",
    hint: "ask whoever runs the server for one",
    example: loginExample,
    retryable: false,
  },
  weak_password: {
    message: "this password is too easy to guess",
    hint: "take a longer one: some words that do not belong together",
    example: loginExample,
    retryable: false,
  },
  unknown_session: {
    message: "you have no such session",
    hint: "sessions lists them",
    example: loginExample,
    retryable: false,
  },
  looks_alike: {
    message: "this name looks like one that somebody else has",
    hint: "choose a name that nobody can mistake for it",
    example: '{"type":"login","payload":{"username":"alice_2"}}',
    simple: { example: "/v1/ws?username=alice_2" },
    retryable: false,
  },
  silenced: {
    message: "you may not write here for now",
    hint: "ask whoever looks after it, or wait if it ends",
    example: historyExample,
    simple: { hint: "ask whoever looks after it, or wait if it ends" },
    retryable: false,
  },
  slow_mode: {
    message: "people write slowly here",
    hint: "wait retry_after_ms, then send it again",
    example: sendExample,
    simple: { example: simpleSend },
    retryable: true,
  },
  read_only: {
    message: "nobody can write for now",
    hint: "it was not stored; send it again later",
    example: sendExample,
    simple: { example: simpleSend },
    retryable: true,
  },
  history_gone: {
    message: "this part of the history is not kept any more",
    hint: "ask from first on",
    example: historyExample,
    retryable: false,
  },
  rate_limited: {
    message: "too fast",
    hint: "wait retry_after_ms, then send it again",
    example: sendExample,
    retryable: true,
  },
  storage_full: {
    message: "the server has no room to keep messages",
    hint: "it was not stored; send it again later",
    example: sendExample,
    retryable: true,
  },
  unavailable: {
    message: "the server can't store or read now",
    hint: "send it again later, with the same nonce",
    example: sendExample,
    retryable: true,
  },
  too_many: {
    message: "too many at once",
    hint: "close some, or wait",
    example: loginExample,
    retryable: true,
  },
} as const satisfies Record<string, RefusalRow>;

export type RefusalCode = keyof typeof refusals;

/** What a refusal says beyond its row. */
export interface RefusalDetail {
  readonly message?: string | undefined;
  readonly hint?: string | undefined;
  readonly example?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** How many frames this one answer stands for. */
  readonly refused?: number | undefined;
}

/** The payload of an `error`, as WIRE §1 has it. */
export interface ErrorPayload {
  readonly code: RefusalCode;
  readonly message: string;
  readonly hint?: string;
  readonly example?: string;
  readonly retryable: boolean;
  readonly retry_after_ms?: number;
  readonly refused?: number;
}

export function errorPayload(
  code: RefusalCode,
  detail: RefusalDetail = {},
  dialect: "events" | "simple" = "events",
  auth: AuthMode = "open",
): ErrorPayload {
  const row: RefusalRow = refusals[code];
  const mode = row.auth?.[auth];
  const own =
    dialect === "simple"
      ? { example: simpleSend, ...row.simple, ...(mode && { example: mode.simple }) }
      : mode;
  return {
    code,
    message: detail.message ?? row.message,
    hint: detail.hint ?? mode?.hint ?? own?.hint ?? row.hint,
    example: detail.example ?? own?.example ?? row.example,
    retryable: row.retryable,
    ...(detail.retryAfterMs === undefined ? {} : { retry_after_ms: detail.retryAfterMs }),
    ...(detail.refused === undefined ? {} : { refused: detail.refused }),
  };
}
