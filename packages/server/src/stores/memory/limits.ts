// What the memory store keeps at most. The oldest goes first.

export interface MemoryLimits {
  /** Entries over all conversations, and UTF-8 bytes of their messages. */
  readonly entries: number;
  readonly entryBytes: number;
  /** Users who are not here: somebody forgotten was never there, and a name they kept is free. */
  readonly awayUsers: number;
  /**
   * Private conversations of which no entry is kept any more: a forgotten one begins anew, above all that
   * was forgotten.
   */
  readonly emptyConversations: number;
  /** Rooms without a member; a forgotten one's name is free. */
  readonly emptyRooms: number;
  /** Entries that one search looks at; then it says where to go on. */
  readonly searched: number;
  /** Lines of the audit log. */
  readonly auditLines: number;
}

export const defaultMemoryLimits: MemoryLimits = {
  entries: 100_000,
  entryBytes: 64 * 1024 * 1024,
  awayUsers: 100_000,
  emptyConversations: 100_000,
  emptyRooms: 10_000,
  searched: 20_000,
  auditLines: 10_000,
};
