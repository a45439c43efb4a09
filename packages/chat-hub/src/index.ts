// The library's door: the hub, the client core, and the words and tables they share.

export { createClient } from "./client/client.js";
export type {
  Answer,
  Client,
  ClientEffect,
  ClientEntry,
  ClientEvent,
  ClientFact,
  ClientInput,
  ClientOptions,
  Connection,
  MessageEntry,
  OtherEntry,
  Question,
  Refusal,
} from "./client/door.js";
export { type ClientLimits, defaultClientLimits } from "./client/limits.js";
export type { Dialect, DialectName } from "./dialects/dialect.js";
export { events } from "./dialects/events.js";
export type {
  AckPayload,
  CommandId,
  ConversationRow,
  HistoryPayload,
  LimitsPayload,
  LogPayload,
  NewMessagePayload,
  PresencePayload,
  ResumedPayload,
  ServerFrame,
  ServerPayloads,
  UserRow,
  UsersPayload,
  WelcomePayload,
} from "./dialects/frames.js";
export { simple } from "./dialects/simple.js";
export type { Effect } from "./hub/effect.js";
export { createHub, type Hub, type HubOptions } from "./hub/hub.js";
export type { Fact, Input } from "./hub/input.js";
export type {
  Advance,
  Append,
  Appended,
  Identified,
  Identify,
  Move,
  Page,
  Read,
  Release,
  Selection,
  Stand,
  Stood,
  Store,
  StoreAnswer,
  StoreCall,
  StoreCalls,
  StoreFacts,
  StoreOptions,
  StoreRefusal,
  Window,
} from "./ports/store.js";
export { matches } from "./search/matches.js";
export { parseQuery, type Query, type Term } from "./search/query.js";
export { type Snippet, snippet } from "./search/snippet.js";
export { hasFile, hasLink, searchTokens } from "./search/text.js";
export { type Closing, closings } from "./tables/closings.js";
export { type CommandType, commands } from "./tables/commands.js";
export { features } from "./tables/features.js";
export { defaultLimits, type Limits, type Rates } from "./tables/limits.js";
export {
  type ErrorPayload,
  errorPayload,
  type RefusalCode,
  type RefusalDetail,
  refusals,
} from "./tables/refusals.js";
export { conversationName, parseConversation, parsePerson } from "./words/conversations.js";
export {
  type AskId,
  type ConnectionId,
  type ConversationId,
  everyone,
  type Millis,
  type NameKey,
  type Seq,
  type Topic,
  type UserId,
  type WallMillis,
} from "./words/ids.js";
export type { Address, Entry, Peer, Place, Standing } from "./words/log.js";
export { type Name, nameKey, parseName } from "./words/names.js";
export { fault, ok, type Result, unreachable } from "./words/result.js";
export { parseSince, type Since } from "./words/since.js";
export { messageFault, timeOfDay, utf8Bytes } from "./words/text.js";
