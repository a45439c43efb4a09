// Who is here: a list that is asked for at each login and kept up by what the server says of comings
// and goings. In a crowd the server says only how many; then the list is not complete, and says so.

import type { PresencePayload, UserRow, UsersPayload } from "../dialects/frames/people.js";
import type { ClientEvent } from "./told.js";

export interface People {
  /** Logged in anew: the list is to be asked for. */
  begin(count: number): void;
  /** Takes a page of the list; gives the name to go on after, if there is more and room for it. */
  page(page: UsersPayload): string | undefined;
  changed(presence: PresencePayload): ClientEvent;
  now(): ClientEvent;
}

export function createPeople(most: number): People {
  const here = new Map<string, UserRow>();
  let count = 0;
  /** Since the list was here, somebody came or went of whom only that was said, or for whom there was no room. */
  let isCrowd = false;

  function tell(came: readonly string[], left: readonly string[]): ClientEvent {
    const complete = !isCrowd && here.size === count;
    return { type: "people", here: [...here.keys()], users: [...here.values()], count, complete, came, left };
  }

  function put(user: UserRow): void {
    if (here.size < most || here.has(user.username)) here.set(user.username, user);
    else isCrowd = true;
  }

  return {
    begin(many) {
      here.clear();
      count = many;
      isCrowd = false;
    },
    page({ users, count: many, more }) {
      count = many;
      for (const user of users) if (user.status !== "offline") put(user);
      return more && here.size < most ? users.at(-1)?.username : undefined;
    },
    changed({ users: told, count: many, all }) {
      count = many;
      isCrowd = all !== true && (isCrowd || told === undefined);
      const users = told ?? [];
      const came: string[] = [];
      const named = new Set(users.map(({ username }) => username));
      const left = all === true ? [...here.keys()].filter((username) => !named.has(username)) : [];
      for (const username of left) here.delete(username);
      for (const user of users) {
        const { username, status } = user;
        if (status === "offline") {
          left.push(username);
          here.delete(username);
        } else {
          if (!here.has(username)) came.push(username);
          put(user);
        }
      }
      return tell(came, left);
    },
    now: () => tell([], []),
  };
}
