// Own lines that have no place yet, kept over a reload of the tab. They keep their nonces, so a line that was stored
// while the page was away is not stored again.

import type { LineState } from "../words/rows.js";
import type { Drawer } from "./storage.js";

export interface KeptLine {
  readonly nonce: string;
  readonly to: string;
  readonly message: string;
  readonly at: number;
  /** Why it was refused; such a line waits for the person, not for the connection. */
  readonly failed?: string | undefined;
}

export interface Outbox {
  keep(name: string, kept: readonly KeptLine[]): void;
  kept(name: string): readonly KeptLine[];
}

export function openOutbox(drawer: Drawer): Outbox {
  const keyOf = (name: string): string => `chat.unsent.${name}`;
  return {
    keep(name, kept) {
      if (kept.length === 0) drawer.remove(keyOf(name));
      else drawer.write(keyOf(name), JSON.stringify(kept));
    },
    kept(name) {
      try {
        const found: unknown = JSON.parse(drawer.read(keyOf(name)) ?? "[]");
        return Array.isArray(found) ? found.filter(isKept) : [];
      } catch {
        return [];
      }
    },
  };
}

export function stateOf(kept: KeptLine): LineState {
  return kept.failed === undefined ? { type: "sending" } : { type: "failed", reason: kept.failed };
}

function isKept(value: unknown): value is KeptLine {
  if (typeof value !== "object" || value === null) return false;
  const { nonce, to, message, at } = value as Partial<Record<keyof KeptLine, unknown>>;
  return [nonce, to, message].every((field) => typeof field === "string") && typeof at === "number";
}
