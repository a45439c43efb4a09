// One observation as a line for people: when, who, what.

import type { Unsent } from "chat-hub";
import { unreachable } from "chat-hub";
import type { Observed } from "../observed.ts";

/** Longer texts are cut in the middle of a line, so that a line stays one. */
const longest = 300;

export function lineOf(observed: Observed): string {
  return `${String(observed.at).padStart(8)} ms  ${wordsOf(observed)}`;
}

function wordsOf(it: Observed): string {
  switch (it.type) {
    case "committed":
      return `the store has committed ${plain(it.call)} -> ${plain(it.answer)}`;
    case "restored":
      return `a backup is put in place: ${it.commits} commits, ${it.epoch}`;
    case "hubBegan":
      return "a hub begins";
    case "hubDied":
      return "the hub's process is dead";
    case "began":
      return `${it.device} (${it.kind}) begins as ${it.username}${it.kept ? " with a token" : ""}`;
    case "ended":
      return `${it.device} ends`;
    case "opened":
      return `${wire(it)} opens, ${it.dialect} ${plain(it.query)}`;
    case "sent":
      return `${wire(it)} --> ${cut(it.frame)}`;
    case "handed":
      return `${wire(it)} <-- ${cut(it.frame)}`;
    case "queued":
      return `wire ${it.wire} has ${it.bytes} bytes queued, ${it.own} of its own`;
    case "heard":
      return `${wire(it)} hears ${cut(it.frame)}`;
    case "closed":
      return `${wire(it)} is closed: ${it.code}`;
    case "hungUp":
      return `the hub hangs up wire ${it.wire}: ${it.code}`;
    case "arrived":
      return `the hub's end of wire ${it.wire} is there`;
    case "parted":
      return `the hub's end of wire ${it.wire} is gone`;
    case "ordered":
      return `at the shell, order ${it.order}: ${plain(it.what)}`;
    case "reported":
      return `at the shell, of order ${it.order}: ${plain(it.outcome)}`;
    case "kept":
      return `the hub knows what is kept: ${plain(it.call.changes)}`;
    case "loginEnded":
      return `the hub knows that the login ${it.login} has ended`;
    case "audited":
      return `the audit log has ${it.lines.length} lines`;
    case "did":
      return `${it.device} does ${plain(it.deed)} as ${it.nonce}`;
    case "looked":
      return `${it.device} ${it.isShown ? "looks at" : "looks away from"} ${it.conversation}`;
    case "told":
      return `${it.device} is told ${it.event.type === "unsent" ? unsent(it.event.unsent) : plain(it.event)}`;
    case "threw":
      return `${it.where} threw ${it.error instanceof Error ? it.error.stack : String(it.error)}`;
    case "calm":
      return "calm";
    case "settled":
      return `at rest; online: ${it.online.join(", ")}`;
    case "empty":
      return `everybody has gone: deadline ${it.deadline}, ${it.openAsks} open asks, ${it.subscriptions} subscriptions`;
    default:
      return unreachable(it);
  }
}

function unsent(items: readonly Unsent[]): string {
  const states = items.map(({ nonce, state }) => `${nonce} ${state.type}`);
  return `what is unsent: ${cut(states.join(", ") || "nothing")}`;
}

function wire(it: { readonly device: string; readonly wire: number }): string {
  return `${it.device} #${it.wire}`;
}

function plain(value: object): string {
  return cut(JSON.stringify(value));
}

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 60)} … ${text.slice(-60)}`;
}
