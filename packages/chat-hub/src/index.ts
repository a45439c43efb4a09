export { createClient } from "./client/client.js";
export type {
  Answer,
  Client,
  ClientEffect,
  ClientEntry,
  ClientEvent,
  ClientInput,
  ClientOptions,
  Connection,
  MessageEntry,
  OtherEntry,
  Question,
} from "./client/door.js";
export { type ClientLimits, defaultClientLimits } from "./client/limits.js";
