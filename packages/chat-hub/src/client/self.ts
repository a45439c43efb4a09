// Through whose eyes everything is seen: our name, and whom we have blocked.

import { nameKey } from "../words/names.js";

export interface Self {
  /** As the server spells us; "" until it has let us in. */
  username(): string;
  become(username: string): void;
  isMe(name: string): boolean;
  isBlocked(name: string): boolean;
  /** Spelled as they were told; in no order. */
  blocked(): readonly string[];
  /** Says whether that changes anything. */
  block(name: string, on: boolean): boolean;
  /** These, and nobody else; says whether that changes anything. */
  blockOnly(names: readonly string[]): boolean;
}

export function createSelf(blocked: readonly string[]): Self {
  let me = "";
  let myKey = "";
  let names = named(blocked);

  return {
    username: () => me,
    become(username) {
      me = username;
      myKey = nameKey(username);
    },
    // Nearly always it is spelled as the server spells it everywhere.
    isMe: (name) => name === me || (name.length === me.length && nameKey(name) === myKey),
    isBlocked: (name) => names.size > 0 && names.has(nameKey(name)),
    blocked: () => [...names.values()],
    block(name, on) {
      const key = nameKey(name);
      if (on === names.has(key)) return false;
      if (on) names.set(key, name);
      else names.delete(key);
      return true;
    },
    blockOnly(only) {
      const before = names;
      names = named(only);
      return names.size !== before.size || [...names.keys()].some((key) => !before.has(key));
    },
  };
}

function named(names: readonly string[]): Map<string, string> {
  return new Map(names.map((name) => [nameKey(name), name]));
}
