// What people choose for themselves. No log has anything of it.

import type { Choose, NameKey, StoreCalls, StoreLimits, UserId } from "chat-hub";
import { unreachable } from "chat-hub";
import { statusRefusal } from "../voice.js";
import type { SqliteAccess } from "./access.js";
import type { SqliteMembers } from "./members.js";
import type { SqlitePeople } from "./people.js";
import type { SqliteProfiles } from "./profiles.js";
import type { SqliteRecords } from "./records.js";

type Answer = StoreCalls["choose"]["answer"];
type Muting = Extract<Choose["what"], { readonly kind: "mute" }>;

export class SqliteChoices {
  readonly #people: SqlitePeople;
  readonly #profiles: SqliteProfiles;
  readonly #members: SqliteMembers;
  readonly #access: SqliteAccess;
  readonly #records: SqliteRecords;
  readonly #limits: StoreLimits;

  constructor(
    people: SqlitePeople,
    profiles: SqliteProfiles,
    members: SqliteMembers,
    access: SqliteAccess,
    records: SqliteRecords,
    limits: StoreLimits,
  ) {
    this.#people = people;
    this.#profiles = profiles;
    this.#members = members;
    this.#access = access;
    this.#records = records;
    this.#limits = limits;
  }

  choose(call: Choose): Answer {
    const { user, what, at } = call;
    switch (what.kind) {
      case "block":
        return this.#block(user, what.who, what.on);
      case "mute":
        return this.#mute(user, what);
      case "status": {
        const refused = statusRefusal(this.#records.rules, call, what.text, this.#profiles.text(user));
        if (refused !== undefined) return refused;
        this.#profiles.setStatus(user, what.status, what.text, at);
        return { ok: true };
      }
      case "reading":
        this.#profiles.setReading(user, what.reading);
        return { ok: true };
      default:
        return unreachable(what);
    }
  }

  #block(user: UserId, key: NameKey, on: boolean): Answer {
    const who = this.#people.holder(key);
    if (who === undefined) return { ok: false, code: "unknown_user" };
    if (on) {
      if (who.token === null || this.#people.known(user).token === null)
        return { ok: false, code: "token_needed" };
      const blocked = this.#profiles.blocked(user);
      if (!blocked.has(who.user) && blocked.size >= this.#limits.blocks)
        return { ok: false, code: "limit_reached" };
      this.#profiles.block(user, key, who.user);
    } else this.#profiles.unblock(user, key);
    return { ok: true, peer: { user: who.user, name: who.name, key } };
  }

  #mute(user: UserId, { of, on }: Muting): Answer {
    const view = this.#access.view(user, of);
    if (typeof view === "string") return { ok: false, code: view };
    this.#members.mute(user, view.place.conversation, on);
    return { ok: true, place: view.place };
  }
}
