// The server as a library: chat on an HTTP server of your own.

export { attachChat, type Chat, type ChatOptions } from "./chat.js";
export { GateError } from "./gates/gate-error.js";
export type { JwtChoice, KeyChoice } from "./gates/jwt/choice.js";
export { type AuthChoice, openGate } from "./gates/open.js";
export type { PasswordChoice } from "./gates/password/desk.js";
export type { AskRecords } from "./gates/records.js";
export { adminPort } from "./http/admin.js";
export type { Answer, Answers } from "./http/answers.js";
export { healthAnswers } from "./http/health.js";
export { type PageOptions, page } from "./http/page.js";
export type { ProxyHeader } from "./http/proxies.js";
export { type Log, type LogFacts, type LogLevel, noLog } from "./log/log.js";
export { type LogChoice, type LogTarget, openLog } from "./log/open.js";
export type { Figures } from "./metrics/figures.js";
export { metricsAnswers } from "./metrics/metrics.js";
export { type DescribedOption, describedOptions } from "./options/described.js";
export { headerLine, type RecordHeader } from "./record/header.js";
export type { Outcome } from "./record/outcome.js";
export { type OpenRecord, type Recorded, readRecord } from "./record/read-record.js";
export { RecordError } from "./record/record-error.js";
export type { RecordChoice, RecordEnd } from "./record/record-file.js";
export { type RecordWriter, recorded } from "./record/recorder.js";
export { createReplay, isSameOutcome, type Replayed } from "./record/replay.js";
export { openMemory } from "./stores/memory.js";
export { openStore, type StoreChoice } from "./stores/open.js";
export { StoreError } from "./stores/store-error.js";
export { version } from "./version.js";
