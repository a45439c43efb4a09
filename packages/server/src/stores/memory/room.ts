// A room in memory: what it is, and how people stand to it.

import type { HistorySetting, NameKey, RoomStanding, Seq, Visibility, WallMillis } from "chat-hub";
import { isRole } from "chat-hub";
import { compareKeys } from "../key-order.js";
import type { User } from "./people.js";

export interface Tie {
  readonly user: User;
  readonly standing: RoomStanding;
  /** Where they joined last; only of a member. */
  readonly joined: Seq;
  /** Only of a ban that ends by itself. */
  readonly until: WallMillis | undefined;
}

export type Which = "members" | "invited" | "banned";

export class Room {
  readonly key: NameKey;
  readonly name: string;
  readonly visibility: Visibility;
  history: HistorySetting;
  topic: string;
  archived = false;
  slowMode = 0;
  keepSeconds = 0;
  readonly #ties = new Map<User, Tie>();
  readonly #counts = { members: 0, invited: 0, banned: 0, owners: 0 };
  /** Lists that are still right. */
  readonly #lists = new Map<Which, readonly Tie[]>();

  constructor(key: NameKey, of: Pick<Room, "name" | "visibility" | "history" | "topic">) {
    this.key = key;
    this.name = of.name;
    this.visibility = of.visibility;
    this.history = of.history;
    this.topic = of.topic;
  }

  get members(): number {
    return this.#counts.members;
  }

  get invited(): number {
    return this.#counts.invited;
  }

  get owners(): number {
    return this.#counts.owners;
  }

  /** Everybody who stands to it in some way, former ones too. */
  get users(): Iterable<User> {
    return this.#ties.keys();
  }

  /** Told when it is asked, it knows of a ban that has ended. */
  standing(user: User, at = 0 as WallMillis): RoomStanding {
    const { standing = "stranger", until } = this.#ties.get(user) ?? {};
    return standing === "banned" && until !== undefined && until <= at ? "former" : standing;
  }

  /** `stranger`: nothing is known of them any more. */
  set(user: User, standing: RoomStanding, seq: Seq, until?: WallMillis): void {
    const before = this.#ties.get(user);
    if (before !== undefined) this.#count(before.standing, -1);
    this.#count(standing, 1);
    this.#lists.clear();
    if (standing === "stranger") this.#ties.delete(user);
    else {
      const stays = before !== undefined && isRole(before.standing) && isRole(standing);
      this.#ties.set(user, { user, standing, joined: stays ? before.joined : seq, until });
    }
  }

  /** By key. */
  list(which: Which): readonly Tie[] {
    const known = this.#lists.get(which);
    if (known !== undefined) return known;
    const list = [...this.#ties.values()].filter(({ standing }) => kindOf(standing) === which);
    list.sort((one, other) => compareKeys(one.user.held.key, other.user.held.key));
    this.#lists.set(which, list);
    return list;
  }

  #count(standing: RoomStanding, by: 1 | -1): void {
    const kind = kindOf(standing);
    if (kind !== undefined) this.#counts[kind] += by;
    if (standing === "owner") this.#counts.owners += by;
  }
}

function kindOf(standing: RoomStanding): Which | undefined {
  if (isRole(standing)) return "members";
  return standing === "invited" || standing === "banned" ? standing : undefined;
}
