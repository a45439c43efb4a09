// All options of the server, in one table. The flags, the variables of the environment, the keys of the file, the
// help, `--print-config`, `--check` and the table of the README are made from it. An option is one row here.

import type { AuthMode, HistorySetting, Registration } from "chat-hub";
import { authModes, historySettings, registrations } from "chat-hub";
import { readAuth } from "../gates/choice.js";
import type { ProxyHeader } from "../http/proxies.js";
import { proxyHeaders } from "../http/proxies.js";
import type { LogLevel } from "../log/log.js";
import { logLevels } from "../log/log.js";
import { jwtOptions, jwtRule } from "./jwt.js";
import { choice, duration, durationFrom, flag, list, origin, port, proxyAddress, text } from "./kinds.js";
import type { Option } from "./option.js";
import { option } from "./option.js";

const dayMs = 24 * 60 * 60 * 1000;
const leastLoginLifeMs = 60_000;

export const options = {
  port: option({
    group: "serving",
    kind: port,
    default: 8001,
    help: "the port; 0 takes any that is free",
    alsoVariables: ["PORT"],
  }),
  host: option({
    group: "serving",
    kind: text("<host>"),
    default: "127.0.0.1",
    help: "the address to listen on",
  }),
  tlsCert: option<string | undefined>({
    group: "serving",
    kind: text("<file>"),
    default: undefined,
    help: "speak TLS (https, wss) with this certificate and its chain, in PEM form",
  }),
  tlsKey: option<string | undefined>({
    group: "serving",
    kind: text("<file>"),
    default: undefined,
    help: "the key of the certificate; both files are read again when they change",
  }),
  store: option<"sqlite" | "memory">({
    group: "keeping",
    kind: choice(["sqlite", "memory"]),
    default: "sqlite",
    help: "sqlite keeps messages, memory forgets them with the process",
  }),
  data: option({
    group: "keeping",
    kind: text("<dir>"),
    default: "./chat-data",
    help: "where messages are kept",
  }),
  history: option<HistorySetting>({
    group: "keeping",
    kind: choice(historySettings),
    default: "all",
    help: "what of everyone somebody new may read: all that is kept, or what is said from then on",
  }),
  keep: option<number | undefined>({
    group: "keeping",
    kind: durationFrom("1m"),
    default: undefined,
    help: "how long messages are kept, such as 90d; then they are forgotten. Otherwise for ever",
  }),
  record: option<string | undefined>({
    group: "keeping",
    kind: text("<file>"),
    default: undefined,
    help: "a new file for all that the hub is told, to be replayed",
  }),
  auth: option<AuthMode>({
    group: "letting in",
    kind: choice(authModes),
    default: "open",
    help: "open: whoever takes a name has it; password: accounts that are kept here; jwt: tokens that somebody else signs",
  }),
  yesOpen: option({
    group: "letting in",
    kind: flag,
    default: false,
    help: "open also on an address that others can reach",
  }),
  registration: option<Registration>({
    group: "letting in",
    kind: choice(registrations),
    default: "closed",
    help: "who may make an account, with --auth password: nobody, whoever has an invite code, or anybody",
  }),
  loginLife: option({
    group: "letting in",
    kind: duration,
    default: 30 * dayMs,
    help: "how long a login by a password lasts, until it is refreshed",
  }),
  ...jwtOptions,
  origin: option<readonly string[]>({
    group: "letting in",
    kind: list(origin),
    default: [],
    help: "pages of these origins may connect too",
  }),
  nameHold: option({
    group: "letting in",
    kind: duration,
    default: 7 * dayMs,
    help: "how long a name stays with its token unused",
  }),
  limits: option<"on" | "off">({
    group: "letting in",
    kind: choice(["on", "off"]),
    default: "on",
    help: "off lifts rates and counts, for trusted networks and benchmarks",
  }),
  trustProxy: option<readonly string[]>({
    group: "letting in",
    kind: list(proxyAddress),
    default: [],
    help: "proxies that say who asks: their addresses, networks such as 10.0.0.0/8, or loopback",
  }),
  proxyHeader: option<ProxyHeader>({
    group: "letting in",
    kind: choice(proxyHeaders, "<header>"),
    default: "x-forwarded-for",
    help: "where they say it: x-forwarded-for or forwarded; the other is never read",
  }),
  logLevel: option<LogLevel>({
    group: "watching",
    kind: choice(logLevels, "<level>"),
    default: "info",
    help: "what of the log is written, to stderr: debug, info, warn or error, and what is graver",
  }),
  logFormat: option<"auto" | "pretty" | "json">({
    group: "watching",
    kind: choice(["auto", "pretty", "json"], "<format>"),
    default: "auto",
    help: "pretty, json, or auto: pretty on a terminal, JSON elsewhere",
  }),
  adminPort: option<number | undefined>({
    group: "watching",
    kind: port,
    default: undefined,
    help: "a port of its own for /metrics (Prometheus), /healthz and /readyz",
  }),
  adminHost: option({
    group: "watching",
    kind: text("<host>"),
    default: "127.0.0.1",
    help: "the address that it listens on",
  }),
  metrics: option<"admin" | "public">({
    group: "watching",
    kind: choice(["admin", "public"]),
    default: "admin",
    help: "public shows /metrics on the port of the chat, too",
  }),
  config: option<string | undefined>({
    group: "configuration",
    kind: text("<file>"),
    default: undefined,
    help: "a TOML file with any of these options: port = 8001",
    notInFile: true,
  }),
} as const;

type Options = typeof options;
export type OptionName = keyof Options;

/** What all of it comes to; times are in milliseconds. */
export type Settings = {
  readonly [Name in OptionName]: Options[Name] extends Option<infer Value> ? Value : never;
};

/** What options contradict each other in: lines for people, with the way out. Nothing is looked at but the options. */
export const rules: readonly ((settings: Settings) => readonly string[])[] = [
  ({ tlsCert, tlsKey }) =>
    (tlsCert === undefined) === (tlsKey === undefined)
      ? []
      : ["TLS needs a certificate and its key: --tls-cert FILE --tls-key FILE"],
  jwtRule,
  ({ auth, registration, loginLife }) => [
    ...(auth !== "password" && registration !== options.registration.default
      ? ["--registration counts only with --auth password"]
      : []),
    ...(auth !== "password" && loginLife !== options.loginLife.default
      ? ["--login-life counts only with --auth password"]
      : []),
    ...(loginLife < leastLoginLifeMs
      ? ["--login-life is at least 1m: a login must last until it is refreshed"]
      : []),
  ],
  ({ port, host, adminPort, adminHost }) =>
    port === adminPort && port !== 0 && host === adminHost
      ? [`--port and --admin-port are both ${port}: give the figures another one`]
      : [],
  ({ trustProxy }) =>
    trustProxy.some((each) => each.endsWith("/0"))
      ? ["--trust-proxy can't be everybody: then anyone says of themselves who they are; name the proxies"]
      : [],
  (settings) => {
    const auth = readAuth(settings);
    return auth.ok ? [] : [auth.fault];
  },
];

/** The table as rows, in its order. */
export const optionRows = Object.entries(options) as readonly (readonly [OptionName, Option<unknown>])[];
