// The names of things, branded so that one can't stand for another. They are minted only in
// decoders, in the store and in the shell; everywhere else they are passed on.

declare const brand: unique symbol;
type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** One socket, for as long as it is open; never used again, not even after a restart. */
export type ConnectionId = Brand<number, "ConnectionId">;
/** Whoever holds a name: a token's owner, or the connections of somebody without one. */
export type UserId = Brand<number, "UserId">;
/** A conversation as the store numbers it. People and frames use its name instead. */
export type ConversationId = Brand<number, "ConversationId">;
/** A question to the store that is waiting for its answer. */
export type AskId = Brand<number, "AskId">;
/** An entry's place in its conversation: 1, 2, 3 … without holes. 0 is "before the first". */
export type Seq = Brand<number, "Seq">;
/** Milliseconds of a clock that only goes forward; for deadlines. */
export type Millis = Brand<number, "Millis">;
/** Milliseconds since 1970, UTC; for people and tokens. */
export type WallMillis = Brand<number, "WallMillis">;
/** A name in the form in which two spellings of it are equal (WIRE §3). */
export type NameKey = Brand<string, "NameKey">;
/** An audience in one dialect: what a frame is published to. */
export type Topic = Brand<string, "Topic">;

/** The conversation that everyone is in; every store gives it this number. */
export const everyone = 1 as ConversationId;
