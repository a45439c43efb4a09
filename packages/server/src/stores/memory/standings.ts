// Where users stand in their conversations, in memory.

import type { Seq, Stand, Standing, Stood, StoreCalls } from "chat-hub";
import { isRole } from "chat-hub";
import type { Log } from "./log.js";
import { callsSince } from "./mentions.js";
import type { Cursors, User } from "./people.js";
import type { Visible } from "./visible.js";

type Row = Stood["standings"][number];
type Pages = Extract<Stand["select"], { kind: "all" | "changed" }>;
type Of = Extract<Stand["select"], { kind: "these" }>["of"];

export class MemoryStandings {
  readonly #visible: Visible;

  constructor(visible: Visible) {
    this.#visible = visible;
  }

  standings({ user: id, select }: Stand): StoreCalls["stand"]["answer"] {
    const user = this.#visible.people.known(id);
    switch (select.kind) {
      case "these":
        return this.#stood(this.#these(user, select.of));
      case "unread": {
        const [house, ...others] = this.#rows(user, logsOf(user));
        const unread = others.filter((row) => row.unread > 0);
        unread.sort((a, b) => b.headAt - a.headAt || b.conversation - a.conversation);
        return this.#cut(unread, select.most, house);
      }
      case "all":
        return this.#after(user, select, logsOf(user));
      case "changed":
        return this.#after(
          user,
          select,
          logsOf(user).filter(({ mark }) => mark > select.since),
        );
    }
  }

  #after(user: User, { after, most }: Pages, logs: readonly Log[]): Stood {
    if (after === undefined) return this.#cut(this.#rows(user, logs), most);
    // Also one that is not theirs any more is a place in the list.
    const last = typeof after === "number" ? after : this.#visible.meant(user, after)?.id;
    if (last === undefined) return this.#stood([]);
    const rest = logs.filter(({ id }) => id > last);
    return this.#cut(this.#rows(user, rest.slice(0, most + 1)), most);
  }

  #these(user: User, of: Of): Row[] {
    const rows: Row[] = [];
    for (const [index, one] of of.entries()) {
      const log = this.#visible.find(user, one);
      if (typeof log !== "string") rows.push({ ...this.#row(user, log), index });
    }
    return rows;
  }

  #rows(user: User, logs: readonly Log[]): Standing[] {
    return logs.map((log) => this.#row(user, log));
  }

  #row(user: User, log: Log): Standing {
    const cursors = user.cursors.get(log) as Cursors;
    const { delivered, read, muted } = cursors;
    const { head, headAt, room } = log;
    const from = Math.max(read + 1, this.#visible.first(log, cursors)) as Seq;
    const role = room?.standing(user);
    return {
      ...this.#visible.place(user, log),
      head,
      delivered,
      read,
      unread: head + 1 - from - log.others.countFrom(from) - log.deleted.countFrom(from),
      mentions: callsSince(log, from, user, cursors),
      headAt,
      muted,
      ...(role !== undefined && isRole(role) ? { role } : {}),
    };
  }

  #cut(rows: readonly Standing[], most: number, house?: Standing): Stood {
    const before = house === undefined ? [] : [house];
    return this.#stood([...before, ...rows.slice(0, most)], rows.length > most);
  }

  #stood(standings: readonly Row[], more = false): Stood {
    return { ok: true, standings, more, mark: this.#visible.conversations.mark };
  }
}

/** By conversation id: everyone first. */
function logsOf(user: User): Log[] {
  return [...user.cursors.keys()].sort((one, other) => one.id - other.id);
}
