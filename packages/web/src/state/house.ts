// What is known of all conversations and of the people: how each stands, the rooms, who is here and typing, whom I have
// blocked. Told by the client core, kept for the views.

import type { ReadonlySignal } from "@preact/signals";
import { computed, signal } from "@preact/signals";
import type { ConversationState, HousePayload, RoomRow, SettingsPayload } from "chat-hub";
import type { Present } from "../words/people.js";

export class House {
  // There may be thousands, each told alone: changed in place, and counted.
  readonly #standings = new Map<string, ConversationState>();
  readonly #changes = signal(0);
  readonly rooms = signal<ReadonlyMap<string, RoomRow>>(new Map());
  /** Room → who asked me in. */
  readonly invitations = signal<ReadonlyMap<string, string>>(new Map());
  readonly present = signal<Present>({ users: [], count: 0, complete: false });
  readonly typing = signal<ReadonlyMap<string, readonly string[]>>(new Map());
  readonly settings = signal<SettingsPayload>({ status: "online", text: "", reading: "shared" });
  /** What holds for all who are here. */
  readonly rules = signal<HousePayload>({ slow_mode: 0, read_only: false });
  readonly blocked = signal<readonly string[]>([]);
  /** All my conversations were told. */
  readonly listed = signal(false);

  readonly standings: ReadonlySignal<readonly ConversationState[]> = computed(() => {
    this.#changes.value;
    const rooms = this.rooms.value;
    return [...this.#standings.values()].map((standing) => {
      // A room that was listed before it was joined is spelled there.
      const spelling = rooms.get(standing.conversation)?.name;
      return spelling === undefined ? standing : { ...standing, spelling };
    });
  });

  standing(conversation: string): ConversationState | undefined {
    this.#changes.value;
    return this.#standings.get(conversation);
  }

  stands(standing: ConversationState): void {
    this.#standings.set(standing.conversation, standing);
    this.#changes.value += 1;
    if (this.invitations.peek().has(standing.conversation)) {
      this.invitations.value = without(this.invitations.peek(), standing.conversation);
    }
  }

  departed(conversation: string): void {
    this.#standings.delete(conversation);
    this.#changes.value += 1;
    this.rooms.value = without(this.rooms.peek(), conversation);
    this.typing.value = without(this.typing.peek(), conversation);
  }

  invited(conversation: string, from: string): void {
    if (this.#standings.has(conversation)) return;
    this.invitations.value = new Map(this.invitations.peek()).set(conversation, from);
  }

  /** Not now: it stays open on the server, and the list of rooms still shows it. */
  waived(conversation: string): void {
    this.invitations.value = without(this.invitations.peek(), conversation);
  }

  room(room: RoomRow): void {
    this.rooms.value = new Map(this.rooms.peek()).set(room.conversation, room);
    if (room.role === "invited" && !this.invitations.peek().has(room.conversation)) {
      this.invited(room.conversation, "");
    }
  }

  types(conversation: string, usernames: readonly string[]): void {
    this.typing.value =
      usernames.length === 0
        ? without(this.typing.peek(), conversation)
        : new Map(this.typing.peek()).set(conversation, usernames);
  }
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
