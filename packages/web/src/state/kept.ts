// What the page keeps over a reload beside the name: what was done and is not acked, half-written lines, and the place
// where a conversation was read. What was kept by an older page, or spoiled, is as if it were not there.

import type { LogDeed, Refusal } from "chat-hub";
import { nameKey } from "chat-hub";
import type { Drawer } from "./storage.js";

export interface KeptDeed {
  /** The same over the reload: what was stored while the page was away is not stored again. */
  readonly nonce: string;
  readonly deed: LogDeed;
  /** Why it was refused; such a one waits for the person, not for the connection. */
  readonly error?: Refusal | undefined;
}

/** What one person has under way in this browser. */
export interface Kept {
  readonly deeds: Shelf<readonly KeptDeed[]>;
  /** By conversation. */
  readonly drafts: Shelf<Readonly<Record<string, string>>>;
  /** The seq of the line at the top, by conversation, where the reader is not at the end. */
  readonly places: Shelf<Readonly<Record<string, number>>>;
}

interface Shelf<Value> {
  read(): Value;
  write(value: Value): void;
}

/**
 * @param lasting what stays in this browser; @param passing what goes with the tab; @param name whose it is, which
 * only a welcome may say
 */
export function openKept(lasting: Drawer, passing: Drawer, name: () => string): Kept {
  const key = (of: string) => (): string => `chat.${of}.${nameKey(name())}`;
  return {
    deeds: shelf(passing, key("unsent"), (value) => (Array.isArray(value) ? value.filter(isKept) : [])),
    drafts: shelf(lasting, key("drafts"), (value) => record(value, "string")),
    places: shelf(passing, key("places"), (value) => record(value, "number")),
  };
}

function shelf<Value extends object>(
  drawer: Drawer,
  key: () => string,
  checked: (value: unknown) => Value,
): Shelf<Value> {
  return {
    read() {
      try {
        return checked(JSON.parse(drawer.read(key()) ?? "null"));
      } catch {
        return checked(undefined);
      }
    },
    write(value) {
      if (Object.keys(value).length === 0) drawer.remove(key());
      else drawer.write(key(), JSON.stringify(value));
    },
  };
}

function isKept(value: unknown): value is KeptDeed {
  const { nonce, deed } = (value ?? {}) as Partial<Record<keyof KeptDeed, unknown>>;
  const { type, conversation } = (deed ?? {}) as Partial<Record<string, unknown>>;
  return [nonce, type, conversation].every((field) => typeof field === "string");
}

function record<Value>(value: unknown, type: "string" | "number"): Readonly<Record<string, Value>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  // Made from entries: a conversation may be called like anything.
  return Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === type));
}
