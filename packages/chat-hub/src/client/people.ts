// Who is here: a list that is asked for at each login and kept up by what the server says of comings
// and goings. In a crowd the server says only how many; then the list is not complete, and says so.

import type { PresencePayload, UsersPayload } from "../dialects/frames.js";
import type { ClientEvent } from "./door.js";

export interface People {
  /** Logged in anew: the list is to be asked for. */
  begin(count: number): void;
  /** Takes a page of the list; gives the name to go on after, if there is more and room for it. */
  page(page: UsersPayload): string | undefined;
  changed(presence: PresencePayload): ClientEvent;
  now(): ClientEvent;
}

export function createPeople(most: number): People {
  const here = new Set<string>();
  let count = 0;

  function told(came: readonly string[], left: readonly string[]): ClientEvent {
    return { type: "people", here: [...here], count, complete: here.size === count, came, left };
  }

  return {
    begin(many) {
      here.clear();
      count = many;
    },
    page({ users, count: many, more }) {
      count = many;
      for (const { username, status } of users) {
        if (status === "online" && here.size < most) here.add(username);
      }
      return more && here.size < most ? users.at(-1)?.username : undefined;
    },
    changed({ users = [], count: many, all }) {
      count = many;
      const came: string[] = [];
      const named = new Set(users.map(({ username }) => username));
      const left = all === true ? [...here].filter((username) => !named.has(username)) : [];
      for (const username of left) here.delete(username);
      for (const { username, status } of users) {
        if (status === "offline") {
          left.push(username);
          here.delete(username);
        } else if (!here.has(username)) {
          came.push(username);
          if (here.size < most) here.add(username);
        }
      }
      return told(came, left);
    },
    now: () => told([], []),
  };
}
