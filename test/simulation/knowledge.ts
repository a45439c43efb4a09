// What has been committed so far, as far as it is needed to draw deeds that may succeed: a real person
// would see it on a screen.

import type { Appended, Entry, Role, UserId } from "chat-hub";
import type { Observed } from "./observed.ts";

export interface Said {
  readonly seq: number;
  /** By key. */
  readonly author: string;
}

export class Knowledge {
  readonly #names = new Map<UserId, string>();
  readonly #said = new Map<string, Said[]>();
  readonly #heads = new Map<string, number>();
  /** What people are in the rooms that there are, by key. */
  readonly #rooms = new Map<string, Map<string, Role>>();

  see(observed: Observed): void {
    if (observed.type === "restored") {
      this.#said.clear();
      this.#heads.clear();
      this.#rooms.clear();
    }
    if (observed.type !== "committed") return;
    const { call, answer } = observed;
    if (call.type === "identify" && "user" in answer) this.#names.set(answer.user, call.key);
    if (call.type !== "append" || !("seq" in answer) || answer.duplicate) return;
    const author = this.#names.get(call.author) ?? "";
    const { to, act } = call;
    const name = to.kind === "everyone" ? "everyone" : to.kind === "room" ? `#${to.key}` : `@${to.key}`;
    const place = placeOf(author, name);
    this.#heads.set(place, answer.seq);
    if (to.kind === "room") for (const entry of entriesOf(answer)) this.#seeInRoom(name, author, entry);
    if (act.type !== "message") return;
    const said = this.#said.get(place) ?? [];
    said.push({ seq: answer.seq, author });
    this.#said.set(place, said);
  }

  /** The messages of a conversation, as one of its people names it. */
  said(viewer: string, conversation: string): readonly Said[] {
    return this.#said.get(placeOf(viewer, conversation)) ?? [];
  }

  head(viewer: string, conversation: string): number {
    return this.#heads.get(placeOf(viewer, conversation)) ?? 0;
  }

  exists(room: string): boolean {
    return this.#rooms.has(room.toLowerCase());
  }

  role(person: string, room: string): Role | undefined {
    return this.#rooms.get(room.toLowerCase())?.get(person);
  }

  #seeInRoom(room: string, author: string, entry: Entry): void {
    const roles = this.#rooms.get(room) ?? new Map<string, Role>();
    this.#rooms.set(room, roles);
    if (entry.type === "join") roles.set(author, entry.role);
    else if (entry.type === "role") roles.set(entry.username.toLowerCase(), entry.role);
    else if (entry.type === "leave" || (entry.type === "ban" && entry.on))
      roles.delete(entry.username.toLowerCase());
  }
}

function entriesOf({ entry, followed = [] }: Pick<Appended, "entry" | "followed">): readonly Entry[] {
  return entry === undefined ? followed : [entry, ...followed];
}

/** A private conversation is the same for both of its sides. */
function placeOf(viewer: string, conversation: string): string {
  if (!conversation.startsWith("@")) return conversation;
  return [viewer, conversation.slice(1)].sort().join(" and ");
}
