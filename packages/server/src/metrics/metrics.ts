// The figures for Prometheus. Nothing is counted here: every figure is looked up when it is scraped, but for how long commits
// take, of which one in a turn of the event loop is timed.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Answers } from "../http/answers.js";
import type { Figures } from "./figures.js";

/** Whose figures. */
export interface Watched {
  figures(): Figures;
  /** `told` gets the seconds that a commit took, of some of them. */
  onCommit(told: (seconds: number) => void): void;
}

export interface About {
  readonly version: string;
  readonly store: string;
  readonly auth: string;
}

/** One value, or one for each label. */
type Values = number | Readonly<Record<string, number>>;

interface Row {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  /** What a value stands for, if there are several. */
  readonly label?: string;
  readonly read: (figures: Figures) => Values;
}

const rows: readonly Row[] = [
  gauge("chat_connections", "Open connections.", ({ connections }) => connections, "dialect"),
  gauge("chat_connections_unnamed", "Connections that have no name yet.", ({ unnamed }) => unnamed),
  gauge("chat_connections_behind", "Slow readers, who are read to from the log.", ({ behind }) => behind),
  gauge(
    "chat_connections_paused",
    "Connections that are not read: over a rate, or the store is behind.",
    ({ paused }) => paused,
  ),
  gauge("chat_connections_queueing", "Connections for which bytes are queued.", ({ queueing }) => queueing),
  gauge("chat_users", "Users who are connected.", ({ users }) => users),
  gauge("chat_rooms", "Rooms that somebody connected is in.", ({ rooms }) => rooms),
  gauge("chat_queued_bytes", "Bytes that sockets have not taken yet.", ({ bytesQueued }) => bytesQueued),
  gauge(
    "chat_append_backlog_chars",
    "Messages that the store has not answered, in UTF-16 units.",
    ({ appendBacklog }) => appendBacklog,
  ),
  gauge(
    "chat_store_unanswered",
    "Calls that the store has not answered.",
    ({ storeUnanswered }) => storeUnanswered,
  ),
  gauge(
    "chat_waiting_jobs",
    "Upgrades and answers of the store that wait for their turn.",
    ({ waiting }) => waiting,
  ),
  counter("chat_connections_opened_total", "Connections that were opened.", ({ opened }) => opened),
  counter(
    "chat_logins_total",
    "Logins by what came of them.",
    ({ logins }) => ({ let_in: logins.letIn, refused: logins.refused }),
    "outcome",
  ),
  counter(
    "chat_messages_total",
    "Messages that were stored, by where they were said.",
    ({ messages }) => messages,
    "conversation",
  ),
  counter("chat_refusals_total", "Refusals by their code.", ({ refusals }) => refusals, "code"),
  counter(
    "chat_closings_total",
    "Connections that the server has ended, by why.",
    ({ closings }) => closings,
    "why",
  ),
  counter("chat_frames_received_total", "Frames that came.", ({ framesReceived }) => framesReceived),
  counter("chat_frames_sent_total", "Frames for one connection alone.", ({ framesSent }) => framesSent),
  counter(
    "chat_deliveries_total",
    "Frames for several, once for each who got it.",
    ({ deliveries }) => deliveries,
  ),
  counter("chat_received_bytes_total", "Bytes that sockets have read.", ({ bytesReceived }) => bytesReceived),
  counter("chat_sent_bytes_total", "Bytes that sockets have written.", ({ bytesSent }) => bytesSent),
];

/** In seconds. */
const commitBuckets = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function metricsAnswers(watched: Watched, about: About): Answers {
  const register = new Registry();
  collectDefaultMetrics({ register });
  // They would go through a list of all sockets.
  for (const name of ["handles", "requests", "resources"]) {
    register.removeSingleMetric(`nodejs_active_${name}`);
    register.removeSingleMetric(`nodejs_active_${name}_total`);
  }
  const labelNames = ["version", "store", "auth"];
  const info = new Gauge({
    name: "chat_info",
    help: "Which server this is.",
    labelNames,
    registers: [register],
  });
  info.set({ ...about }, 1);
  const made = rows.map((row) => ({ row, metric: newMetric(row, register) }));
  const commits = new Histogram({
    name: "chat_commit_seconds",
    help: "From asking the store to keep a message to its answer; one in a turn of the event loop is timed.",
    buckets: commitBuckets,
    registers: [register],
  });
  watched.onCommit((seconds) => commits.observe(seconds));
  return {
    async "/metrics"() {
      show(watched.figures(), made);
      return { status: 200, type: register.contentType, body: await register.metrics() };
    },
  };
}

type Metric = Counter | Gauge;

function newMetric({ name, help, type, label }: Row, register: Registry): Metric {
  const labelNames = label === undefined ? [] : [label];
  return new (type === "counter" ? Counter : Gauge)({ name, help, labelNames, registers: [register] });
}

function show(figures: Figures, made: readonly { readonly row: Row; readonly metric: Metric }[]): void {
  for (const { row, metric } of made) {
    metric.reset();
    const values = row.read(figures);
    if (typeof values === "number") metric.inc(values);
    else for (const [label, value] of Object.entries(values)) metric.inc({ [row.label ?? ""]: label }, value);
  }
}

function gauge(name: string, help: string, read: Row["read"], label?: string): Row {
  return { name, help, type: "gauge", read, ...(label === undefined ? {} : { label }) };
}

function counter(name: string, help: string, read: Row["read"], label?: string): Row {
  return { name, help, type: "counter", read, ...(label === undefined ? {} : { label }) };
}
