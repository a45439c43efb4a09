// Every queue, wait and size of the system, in one record. `welcome` tells the ones a client can
// meet; each has a refusal or a closing of its own.

import type { AuthMode } from "../ports/gate.js";

export interface Limits {
  /** The longest frame in either direction, in bytes. Longer ones close with 1009. */
  readonly frameBytes: number;
  /** The deepest nesting of a frame's JSON. Deeper is `malformed`. */
  readonly frameDepth: number;
  /** The longest message, in Unicode code points. Longer is `too_long`. */
  readonly messageChars: number;
  /** The longest name, in code points and in UTF-8 bytes. */
  readonly nameChars: number;
  readonly nameBytes: number;
  /** A token or a nonce: visible ASCII characters. A token that somebody else signs is longer. */
  readonly tokenChars: readonly [least: number, most: number];
  readonly signedTokenChars: readonly [least: number, most: number];
  readonly nonceChars: readonly [least: number, most: number];
  /** A password, in code points; a gate may ask for more than the least. */
  readonly passwordChars: number;
  /** The longest `id` that is a string. */
  readonly idChars: number;
  /** `since` in a URL and in a `login` frame, in bytes. */
  readonly sinceUrlBytes: number;
  readonly sinceFrameBytes: number;
  /** A page of `history`, `log`, `users`, `conversations`: rows, and bytes of message text. */
  readonly pageRows: number;
  readonly pageDefaultRows: number;
  readonly pageBytes: number;
  /** What who reads on is sent of a log at a time, in bytes of frames; one frame may be longer. */
  readonly readOnBytes: number;
  /** Connections that read on get the same page together; more of them wait for the next. */
  readonly pageReaders: number;
  /** The text of a search, in code points. */
  readonly searchChars: number;
  /** The words and phrases of a search; its filters are not counted. */
  readonly searchTerms: number;
  /** Conversations that are looked up at a time for a resume. */
  readonly resumeRows: number;
  /** The `conversations` of a `welcome`, beside everyone. */
  readonly welcomeConversations: number;
  /** How long a connection may stay without a name, and how often it may try one. */
  readonly loginMs: number;
  readonly loginTries: number;
  /** What was shown in vain, also with `--limits off`. */
  readonly attempts: AttemptLimits;
  /** Frames that wait while a login is decided or a connection is paused; then it is not read. */
  readonly inboxFrames: number;
  readonly inboxBytes: number;
  /** How long a connection over its rate, or with too much unanswered, is not read at a time. */
  readonly pauseMs: number;
  /** What the store counts. */
  readonly store: StoreLimits;
  /** Rooms that a login may ask to join. */
  readonly loginRooms: number;
  /** Names that one message calls; more are not looked at. */
  readonly mentions: number;
  /** Connections of one user. */
  readonly devicesPerUser: number;
  /** A room's topic, and what a status says, in code points. */
  readonly topicChars: number;
  readonly statusChars: number;
  /** Why somebody is banned or silenced, in code points. */
  readonly reasonChars: number;
  /** The longest `for_s`, in seconds; without it such a thing is for good. */
  readonly termSeconds: number;
  /** The slowest slow mode: seconds between two messages. */
  readonly slowModeSeconds: number;
  /** The longest retention of a room or of everyone, in seconds. */
  readonly retentionSeconds: number;
  /** Entries are kept for so many seconds; nothing: for ever. */
  readonly keepSeconds: number | undefined;
  /** Hits of one page of `search`: at most, and if it does not say. */
  readonly searchRows: number;
  readonly searchDefaultRows: number;
  /** Typing is passed on once in so long, and counts for so long; not at all where more people listen. */
  readonly typingEveryMs: number;
  readonly typingForMs: number;
  readonly typingCrowd: number;
  /** Others are told how far somebody has got where there are no more members than this. */
  readonly receiptMembers: number;
  /** Rates; `--limits off` lifts these and no size. */
  readonly rates: Rates | undefined;
  /** Between two pings of a connection; a second one without an answer ends it. */
  readonly pingMs: number;
  /** A connection with bytes still queued for it is only ended after this long without progress. */
  readonly stuckMs: number;
  /** A holder of a name that has owed a pong for this long, with nothing queued, gives way. */
  readonly yieldMs: number;
  /** Private messages are proved by a ping at the latest this long after they were sent. */
  readonly proveMs: number;
  /** A connection that was lost without a goodbye counts as here for this long. */
  readonly graceMs: number;
  /** Presence is said at most this often; in a large house only as a count, at most this often. */
  readonly presenceMs: number;
  readonly presenceCrowd: number;
  readonly presenceCrowdMs: number;
  /** There it is said to so many connections, then, after so long, to the next ones. */
  readonly presenceRound: number;
  readonly presenceRoundMs: number;
  /** Cursors are joined for this long before they are stored. */
  readonly cursorMs: number;
  /** Bytes queued for a connection from which on it is read from the log instead of pushed to. */
  readonly congestedBytes: number;
  /** The same of bytes that it does not share with others who hear the same. */
  readonly congestedOwnBytes: number;
  /** Messages that the store has not answered yet, in UTF-16 units; past this, whoever sends one is not read. */
  readonly appendBacklogBytes: number;
}

/** Logins that failed; past one of these the next is `rate_limited`, without being looked at. */
export interface AttemptLimits {
  /** Wrong passwords for one name, and after how long another one may be tried. */
  readonly accountAttempts: number;
  readonly accountAttemptMs: number;
  /** The same of one address, with wrong invites; loopback is free. */
  readonly addressAttempts: number;
  readonly addressAttemptMs: number;
  /** Of one address for one name, where others have used up the name's; loopback has none of its own. */
  readonly ownAttempts: number;
  readonly ownAttemptMs: number;
  /** Names, addresses, and both together, that are remembered until all of theirs have come back; the oldest go first. */
  readonly attemptsKept: number;
  /** Passwords of one address that are looked at together; loopback is free. */
  readonly addressAttemptsAtOnce: number;
  /** Those that wait for others of their name or address; one more is `too_many`. */
  readonly attemptsWaiting: number;
  /** After how long whoever was `too_many` may come again. */
  readonly attemptsBusyMs: number;
}

/** Sizes of what is kept; past one of them an act is `limit_reached`. */
export interface StoreLimits {
  /** Rooms that one user is in. */
  readonly roomsPerUser: number;
  /** Members of a room; who is invited counts too. */
  readonly membersPerRoom: number;
  /** Different emoji on one message. */
  readonly reactionsPerMessage: number;
  /** Pinned messages of a conversation. */
  readonly pins: number;
  /** People that one user has blocked. */
  readonly blocks: number;
  /** Bans of the house, and silences, each. */
  readonly terms: number;
}

/** Over a rate a connection is read more slowly. */
export interface Rates {
  /** Messages and edits of one user, over all connections. */
  readonly messagesPerSecond: number;
  readonly messagesBurst: number;
  /** What else one connection says, by its cost. */
  readonly commandsPerSecond: number;
  readonly commandsBurst: number;
  /** The same of all connections of one address; each costs as much as a page to open. Loopback is free. */
  readonly addressMessagesPerSecond: number;
  readonly addressMessagesBurst: number;
  readonly addressCommandsPerSecond: number;
  readonly addressCommandsBurst: number;
  /** Refused frames, without a quiet `floodMs` between them, after which a connection is closed. */
  readonly floodFrames: number;
  readonly floodMs: number;
  /** How long a connection is not read at a time, once it is on its way there. */
  readonly floodPauseMs: number;
  /** Connections of one address; loopback is free. */
  readonly connectionsPerAddress: number;
}

/** What holds in this mode. */
export function limitsOf(limits: Limits, auth: AuthMode): Limits {
  return auth === "jwt" ? { ...limits, tokenChars: limits.signedTokenChars } : limits;
}

export const defaultLimits: Limits = {
  frameBytes: 64 * 1024,
  frameDepth: 8,
  messageChars: 10_000,
  nameChars: 32,
  nameBytes: 128,
  tokenChars: [16, 128],
  signedTokenChars: [16, 4_096],
  nonceChars: [16, 64],
  passwordChars: 256,
  idChars: 64,
  sinceUrlBytes: 4_096,
  sinceFrameBytes: 60_000,
  pageRows: 1_000,
  pageDefaultRows: 50,
  pageBytes: 48 * 1024,
  readOnBytes: 32 * 1024,
  pageReaders: 64,
  searchChars: 256,
  searchTerms: 16,
  resumeRows: 1_000,
  welcomeConversations: 50,
  loginMs: 30_000,
  loginTries: 5,
  attempts: {
    accountAttempts: 10,
    accountAttemptMs: 60_000,
    addressAttempts: 50,
    addressAttemptMs: 10_000,
    ownAttempts: 3,
    ownAttemptMs: 3_600_000,
    attemptsKept: 10_000,
    addressAttemptsAtOnce: 4,
    attemptsWaiting: 1_000,
    attemptsBusyMs: 1_000,
  },
  inboxFrames: 16,
  inboxBytes: 64 * 1024,
  pauseMs: 200,
  store: {
    roomsPerUser: 200,
    membersPerRoom: 10_000,
    reactionsPerMessage: 20,
    pins: 50,
    blocks: 1_000,
    terms: 10_000,
  },
  loginRooms: 20,
  mentions: 20,
  devicesPerUser: 16,
  topicChars: 300,
  statusChars: 100,
  reasonChars: 200,
  termSeconds: 366 * 86_400,
  slowModeSeconds: 21_600,
  retentionSeconds: 10 * 366 * 86_400,
  keepSeconds: undefined,
  searchRows: 50,
  searchDefaultRows: 20,
  typingEveryMs: 3_000,
  typingForMs: 6_000,
  typingCrowd: 500,
  receiptMembers: 100,
  rates: {
    messagesPerSecond: 10,
    messagesBurst: 30,
    commandsPerSecond: 50,
    commandsBurst: 200,
    addressMessagesPerSecond: 100,
    addressMessagesBurst: 300,
    addressCommandsPerSecond: 1_000,
    addressCommandsBurst: 5_000,
    floodFrames: 5_000,
    floodMs: 5_000,
    floodPauseMs: 1_000,
    connectionsPerAddress: 256,
  },
  pingMs: 25_000,
  stuckMs: 300_000,
  yieldMs: 10_000,
  proveMs: 5_000,
  graceMs: 20_000,
  presenceMs: 250,
  presenceCrowd: 500,
  presenceCrowdMs: 1_000,
  presenceRound: 100,
  presenceRoundMs: 10,
  cursorMs: 1_000,
  congestedBytes: 1024 * 1024,
  congestedOwnBytes: 16 * 1024,
  appendBacklogBytes: 4 * 1024 * 1024,
};
