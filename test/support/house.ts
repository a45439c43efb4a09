// A whole server in the test's own process, on a free port, with limits as short as the test needs.
// It is gone when the test is.

import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HouseOrder, Limits, Outcome, Rates } from "chat-hub";
import { defaultLimits, limitsOf } from "chat-hub";
import type { Chat, ChatOptions } from "chat-server";
import { attachChat, openLog, page } from "chat-server";
import { onTestFinished } from "vitest";
import type { Talker } from "./talker.js";
import { connect } from "./talker.js";

export type StoreName = "memory" | "sqlite";

export interface HouseOptions extends Partial<Omit<ChatOptions, "store" | "limits">> {
  readonly store?: StoreName;
  /** What differs from the limits that everyone has. */
  readonly limits?: Partial<Limits>;
}

/** The rates that everyone has, but for these. */
export function rates(different: Partial<Rates>): Rates {
  return { ...(defaultLimits.rates as Rates), ...different };
}

export class House {
  readonly port: number;
  /** What the server told whoever runs it. */
  readonly log: readonly string[];
  readonly #chat: Chat;

  constructor(port: number, chat: Chat, log: readonly string[]) {
    this.port = port;
    this.#chat = chat;
    this.log = log;
  }

  /** What the server's own shell has of it. */
  get shell(): Chat["house"] {
    return this.#chat.house;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  /** A raw connection; nothing is awaited but the handshake. */
  async connects(path: string, name = path, headers?: Record<string, string>): Promise<Talker> {
    const talker = await connect(this.url + path, name, headers);
    onTestFinished(() => talker.breaks());
    return talker;
  }

  /** Somebody with the events dialect, logged in and welcomed. */
  async events(name: string, parameters = ""): Promise<Talker> {
    const talker = await this.connects(`/ws?username=${encodeURIComponent(name)}${parameters}`, name);
    await talker.hears({ type: "welcome" });
    return talker;
  }

  /** Somebody with the simple dialect, logged in. */
  async simple(name: string, parameters = ""): Promise<Talker> {
    const talker = await this.connects(`/v1/ws?username=${encodeURIComponent(name)}${parameters}`, name);
    await talker.hearsNothing();
    return talker;
  }

  /** Somebody at the shell of the server has this done. */
  orders(what: HouseOrder): Promise<Outcome> {
    return this.#chat.house.order(what);
  }

  close(): Promise<void> {
    return this.#chat.close();
  }
}

/** A line of the log without when and how grave: the words, then the facts. */
function told(line: string): string {
  const { level: _level, time: _time, msg, ...facts } = JSON.parse(line) as Record<string, unknown>;
  return [msg, ...Object.entries(facts).map(([name, fact]) => `${name}=${fact}`)].join(" ");
}

/** Opens a house for one test. */
export async function openHouse({ store = "memory", limits, ...options }: HouseOptions = {}): Promise<House> {
  const mode = options.auth === undefined || options.auth === "open" ? "open" : options.auth.mode;
  const server = createServer(page({ limits: limitsOf(defaultLimits, mode) }));
  const folder = store === "memory" ? undefined : mkdtempSync(join(tmpdir(), "chat-house-"));
  const log: string[] = [];
  const chat = await attachChat(server, {
    store: folder === undefined ? "memory" : { data: folder },
    limits: { ...defaultLimits, ...limits },
    log: openLog(
      { write: (line: string) => log.push(told(line)) },
      { level: "info", format: "json", env: {} },
    ),
    ...options,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const house = new House((server.address() as AddressInfo).port, chat, log);
  onTestFinished(async () => {
    await house.close();
    server.closeAllConnections();
    server.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
  return house;
}
