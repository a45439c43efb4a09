// Binds the client core to a WebSocket, a clock and a timer. It decides nothing about chat.

import { setTimeout } from "node:timers/promises";
import { rootCertificates } from "node:tls";
import type { Client, ClientEffect, ClientEvent, ClientFact, ClientOptions, Millis } from "chat-hub";
import { createClient } from "chat-hub";
import { WebSocket } from "ws";
import type { Failure } from "./exits.js";
import { explain } from "./failures.js";

export interface Line {
  /** Tells the client a fact. */
  tell(fact: ClientFact): void;
  /** Why the last socket failed, in words for people. */
  failure(): Failure | undefined;
  /** Says goodbye and lets go of everything; nothing is told any more. */
  close(): Promise<void>;
}

/** The server's frames have at most 64 KiB. */
const mostFrameBytes = 256 * 1024;
/** How long the server has to answer our goodbye. */
const goodbyeMs = 500;
/** The longest a timer of Node can wait. */
const longestTimerMs = 2 ** 31 - 1;

export function now(): Millis {
  return performance.now() as Millis;
}

export interface LineOptions extends ClientOptions {
  /** Certificates in PEM that are trusted beside those of the system. */
  readonly ca?: string | undefined;
}

export function openLine({ ca, ...options }: LineOptions, hear: (event: ClientEvent) => void): Line {
  const client: Client = createClient(options);
  const facts: ClientFact[] = [];
  let socket: WebSocket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failure: Failure | undefined;
  let closed = false;

  function tell(fact: ClientFact): void {
    facts.push(fact);
    // What is told while deeds are being done waits its turn.
    if (facts.length > 1) return;
    for (let fact = facts[0]; fact !== undefined && !closed; facts.shift(), fact = facts[0]) {
      const input = { ...fact, at: now(), chance: Math.random() };
      for (const effect of client.handle(input)) carryOut(effect);
    }
    setTimer();
  }

  function carryOut(effect: ClientEffect): void {
    switch (effect.type) {
      case "open":
        return openSocket(effect.url);
      case "send":
        return socket?.send(effect.frame);
      case "disconnect":
        return hangUp();
      case "tell":
        return hear(effect.event);
    }
  }

  function openSocket(url: string): void {
    const opening = openSocketTo(url, ca);
    socket = opening;
    failure = undefined;
    const current = (): boolean => socket === opening;
    opening.on("open", () => current() && tell({ type: "opened" }));
    opening.on("message", (bytes) => current() && tell({ type: "received", frame: String(bytes) }));
    opening.on("error", (error) => {
      if (current()) failure = explain(error, url);
    });
    opening.on("close", (code, reason) => {
      if (!current()) return;
      socket = undefined;
      tell({ type: "closed", code, reason: String(reason) });
    });
  }

  function hangUp(): void {
    const leaving = socket;
    socket = undefined;
    leaving?.close(1000);
  }

  function setTimer(): void {
    clearTimeout(timer);
    const deadline = closed ? undefined : client.deadline();
    if (deadline === undefined) return;
    const wait = Math.min(Math.max(0, Math.ceil(deadline - now())), longestTimerMs);
    timer = globalThis.setTimeout(() => tell({ type: "elapsed" }), wait);
  }

  return {
    tell,
    failure: () => failure,
    async close() {
      closed = true;
      clearTimeout(timer);
      const leaving = socket;
      hangUp();
      if (leaving === undefined || leaving.readyState === WebSocket.CLOSED) return;
      // The server sees a goodbye, not a loss; one that does not answer is not waited for.
      const gone = new Promise((resolve) => leaving.once("close", resolve));
      await Promise.race([gone, setTimeout(goodbyeMs)]);
    },
  };
}

/** A socket to there, not open yet. */
export function openSocketTo(url: string, ca: string | undefined): WebSocket {
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  return new WebSocket(url, { perMessageDeflate: false, maxPayload: mostFrameBytes, ...trusted });
}
