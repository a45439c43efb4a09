// The library's door: the hub, the client core, and the words and tables they share.

export type { Answer, Question } from "./client/asking.js";
export { createClient } from "./client/client.js";
export type { Deed, LogDeed, OwnDeed, Target } from "./client/deeds.js";
export type { Client, ClientEffect, ClientFact, ClientInput, ClientOptions } from "./client/door.js";
export { type Entrance, entranceQuestion, readEntrance } from "./client/entrance.js";
export type { ClientEntry, DoneEntry, MessageEntry, OtherEntry } from "./client/entries.js";
export { type ClientLimits, defaultClientLimits } from "./client/limits.js";
export {
  type Edge,
  type Hole,
  type MessageLine,
  type RoomEntry,
  type RoomLine,
  reachOf,
  type View,
  type ViewLine,
} from "./client/lines.js";
export type {
  ClientEvent,
  Connection,
  ConversationState,
  Departure,
  Refusal,
  Unsent,
} from "./client/told.js";
export type { Dialect, DialectName } from "./dialects/dialect.js";
export { events } from "./dialects/events.js";
export type { ConversationRow, HistoryPayload, LogPayload } from "./dialects/frames/answers.js";
export type { NewMessagePayload, StandingMessagePayload } from "./dialects/frames/entries.js";
export type { HousePayload } from "./dialects/frames/house.js";
export type {
  MemberRow,
  PresencePayload,
  ReceiptRow,
  RoomRow,
  UserRow,
  UsersPayload,
} from "./dialects/frames/people.js";
export type {
  AckPayload,
  LimitsPayload,
  ResumedPayload,
  SettingsPayload,
  WelcomePayload,
} from "./dialects/frames/session.js";
export type { CommandId, ServerFrame, ServerPayloads } from "./dialects/frames.js";
export { simple } from "./dialects/simple.js";
export { asyncApi } from "./documents/async-api.js";
export { beyondSchema, jsonSchema } from "./documents/json-schema.js";
export type { Census } from "./hub/census.js";
export type { Effect } from "./hub/effect.js";
export type { Outcome } from "./hub/house/orderer.js";
export { adminRecord } from "./hub/house/plan.js";
export { createHub, type Hub, type HubOptions } from "./hub/hub.js";
export type { Fact, Input } from "./hub/input.js";
export type { Tally } from "./hub/tally.js";
export type { Append, Appended, AppendRefusal } from "./ports/append.js";
export type {
  AuthMode,
  Credential,
  EndLogin,
  Gate,
  GateAnswer,
  GateCall,
  GateCalls,
  GateOptions,
  ListLogins,
  LoginsListed,
  Proof,
  Refresh,
  Register,
  Registration,
  SetPassword,
  Verified,
  Verify,
} from "./ports/gate.js";
export { authModes, gateCalls, isGateCall, registrations } from "./ports/gate.js";
export type {
  Browse,
  Browsed,
  Found,
  ListReactions,
  Page,
  ReactionsListed,
  Read,
  Search,
  TimeWindow,
  Window,
} from "./ports/pages.js";
export type {
  BlocksListed,
  Choose,
  Chosen,
  Identified,
  Identify,
  KnownAs,
  Left,
  ListBlocks,
  LooksAlike,
  Membership,
  Profile,
  Release,
  Released,
  Whois,
  WhoisFound,
} from "./ports/people.js";
export type {
  AuditLine,
  AuditListed,
  Keep,
  Kept,
  KeptRecord,
  ListAudit,
  ListRecords,
  Recall,
  Recalled,
  RecordChange,
  RecordKind,
  RecordsListed,
} from "./ports/records.js";
export { mindedKinds, recordKinds } from "./ports/records.js";
export type { StoreRefusal } from "./ports/refusal.js";
export type { ListMembers, ListRooms, Member, MembersListed, RoomsListed } from "./ports/rooms.js";
export type { Advance, Move, Selection, Stand, Stood } from "./ports/standings.js";
export type { Store, StoreAnswer, StoreCall, StoreCalls, StoreFacts, StoreOptions } from "./ports/store.js";
export { writingCalls } from "./ports/store.js";
export { type Decision, HouseRules, houseKeys, type InForce } from "./rules/house-rules.js";
export { lackIn, type Requirement } from "./rules/requirements.js";
export { type Facts, type Look, type Right, refusalOf, rights } from "./rules/rights.js";
export { matches } from "./search/matches.js";
export { parseQuery, type Query, type Term } from "./search/query.js";
export { type Snippet, snippet } from "./search/snippet.js";
export { hasFile, hasLink, searchTokens } from "./search/text.js";
export { isPassword } from "./shapes/words.js";
export { type Closing, closings } from "./tables/closings.js";
export { type CommandType, commands } from "./tables/commands.js";
export { type Degradation, degradations } from "./tables/degradations.js";
export { features } from "./tables/features.js";
export { defaultLimits, type Limits, limitsOf, type Rates, type StoreLimits } from "./tables/limits.js";
export { type PushType, pushes } from "./tables/pushes.js";
export {
  type ErrorPayload,
  errorPayload,
  type RefusalCode,
  type RefusalDetail,
  refusals,
} from "./tables/refusals.js";
export { anyCommand, noCommand, refusalsOf, refused } from "./tables/refused.js";
export { simpleFrames } from "./tables/simple-frames.js";
export type { Act, ActType, Mentions, MessageAct } from "./words/acts.js";
export { countedAs, isUncounted } from "./words/addresses.js";
export { conversationName, parseConversation, parsePerson, parseRoom } from "./words/conversations.js";
export { FewMap, FewSet } from "./words/few.js";
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
export type {
  Address,
  Entry,
  MessageEntry as LoggedMessage,
  Peer,
  Place,
  RoomFacts,
  RoomName,
  Skipped,
  Standing,
  StandingMessage,
} from "./words/log.js";
export { type Name, nameKey, parseName } from "./words/names.js";
export { objection } from "./words/newcomers.js";
export type { HouseOrder } from "./words/orders.js";
export { fault, ok, type Result, unreachable } from "./words/result.js";
export {
  type HistorySetting,
  historySettings,
  isRole,
  parseEmoji,
  type Reading,
  type Role,
  type RoomStanding,
  rank,
  readings,
  roles,
  roomStandings,
  type Status,
  statuses,
  type Visibility,
  visibilities,
} from "./words/rooms.js";
export { parseSince, type Since } from "./words/since.js";
export { skeleton } from "./words/skeleton.js";
export { messageFault, textFault, timeOfDay, utf8Bytes } from "./words/text.js";
