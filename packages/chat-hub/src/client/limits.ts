// Every queue and wait of the client core, in one record.

export interface ClientLimits {
  /** Deeds that are not acked yet. One more is refused with `too_many`. */
  readonly outboxMessages: number;
  /** Deeds sent and not yet answered, where the server has no rates; where it has, it is one. */
  readonly messagesUnderWay: number;
  /** Deeds that were refused and not retracted; past this the oldest is let go. */
  readonly failedDeeds: number;
  /** Our latest messages whose places are known by their nonces. */
  readonly placesKnown: number;
  /** Questions without an answer yet. One more is refused with `too_many`. */
  readonly questions: number;
  /** Conversations whose place is remembered; past this the one silent longest is forgotten. */
  readonly conversations: number;
  /** Entries of one conversation held until a gap below them is filled; the log brings the rest. */
  readonly heldEntries: number;
  /** Lines of one view; past this the oldest go, or those far from where somebody reads. */
  readonly viewLines: number;
  /** Views that are kept though they are not shown; the one shown longest ago goes first. */
  readonly hiddenViews: number;
  /** Rows of a page of a view; and of its first page at most, when more is unread. */
  readonly viewPageRows: number;
  readonly longestPageRows: number;
  /** Pages of a room's log that are read for what happened between the messages of one page. */
  readonly happenedPages: number;
  /** Things done to messages that are remembered, per view, for pages that come late. */
  readonly recentEntries: number;
  /** Unread messages of a conversation that are known one by one. */
  readonly unreadEntries: number;
  /** Rooms of which more is known than that they exist. */
  readonly rooms: number;
  /** Names of people we have blocked. */
  readonly blocks: number;
  /** Names in the list of who is here; past this it is not complete. */
  readonly people: number;
  /** Rows asked for at a time: to fill a gap, and after a reset. */
  readonly pageRows: number;
  /** From `open` to `welcome`. */
  readonly connectMs: number;
  /** How long nothing comes before a ping is sent, and how long nothing may come after it. */
  readonly quietMs: number;
  readonly pongMs: number;
  /** A send without an answer is repeated, with its nonce. */
  readonly ackMs: number;
  /** What was read is said at most this often. */
  readonly readMs: number;
  /** The longest first wait before connecting again, or sending again; it doubles up to `backoffCapMs`. */
  readonly backoffMs: number;
  readonly backoffCapMs: number;
  /** The longest slot that a `reconnect` or a `retry_after_ms` is believed. */
  readonly slotMs: number;
  /** How often putting off the end of a login is tried at most. */
  readonly renewAgainMs: number;
  /** A login that has less than this left is renewed soon after it has let us in, within the spread. */
  readonly earlyMs: number;
  readonly renewSpreadMs: number;
  /** Online this long, a connection counts as good, and the next loss begins with a short wait. */
  readonly steadyMs: number;
}

export const defaultClientLimits: ClientLimits = {
  outboxMessages: 10_000,
  messagesUnderWay: 32,
  failedDeeds: 100,
  placesKnown: 1_000,
  questions: 64,
  conversations: 10_000,
  heldEntries: 1_000,
  viewLines: 2_000,
  hiddenViews: 10,
  viewPageRows: 60,
  longestPageRows: 1_000,
  happenedPages: 10,
  recentEntries: 1_000,
  unreadEntries: 1_000,
  rooms: 1_000,
  blocks: 10_000,
  people: 500,
  pageRows: 200,
  connectMs: 20_000,
  quietMs: 30_000,
  pongMs: 10_000,
  ackMs: 30_000,
  readMs: 250,
  backoffMs: 500,
  backoffCapMs: 30_000,
  slotMs: 300_000,
  renewAgainMs: 1_000,
  earlyMs: 7 * 86_400_000,
  renewSpreadMs: 30_000,
  steadyMs: 10_000,
};
