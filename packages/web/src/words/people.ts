// The list beside the log: everyone, my rooms, those I talk with privately, and who else is here. Each person stands
// there once.

import type { ConversationState, UserRow } from "chat-hub";

/** In a crowd the server names only some of those who are here. */
export type Presence = UserRow["status"] | "unknown";

export type Talk = Pick<
  ConversationState,
  "conversation" | "spelling" | "unread" | "mentions" | "muted" | "at"
>;

export interface Present {
  readonly users: readonly UserRow[];
  readonly count: number;
  /** `users` are all who are here. */
  readonly complete: boolean;
}

export interface Entry {
  readonly conversation: string;
  readonly kind: "everyone" | "room" | "person";
  readonly label: string;
  readonly unread: number;
  /** How many of the unread ones call me. */
  readonly mentions: number;
  readonly muted: boolean;
  readonly presence: Presence;
  /** What they say about it. */
  readonly text?: string | undefined;
}

export interface People {
  readonly everyone: Entry;
  /** By name: a room stays where it is. */
  readonly rooms: readonly Entry[];
  /** The newest first. */
  readonly privately: readonly Entry[];
  /** Here and not among those above; by name. */
  readonly alsoHere: readonly Entry[];
}

/** What one turns to stands among them before the first word. */
export function talksWith(talks: readonly Talk[], open: string): readonly Talk[] {
  if (!open.startsWith("@") || talks.some(({ conversation }) => conversation === open)) return talks;
  return [{ conversation: open, unread: 0, mentions: 0, at: Number.MAX_SAFE_INTEGER }, ...talks];
}

/** @param key the form in which two spellings of a name are equal */
export function people(
  talks: readonly Talk[],
  present: Present,
  me: string,
  key: (name: string) => string,
): People {
  const here = new Map(present.users.map((user) => [`@${key(user.username)}`, user]));
  const absent: Presence = present.complete ? "offline" : "unknown";
  const privately = talks
    .filter(({ conversation }) => conversation.startsWith("@"))
    .toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0))
    .map((talk): Entry => {
      const user = here.get(talk.conversation);
      const label = user?.username ?? talk.spelling ?? talk.conversation.slice(1);
      return { ...counted(talk), kind: "person", label, presence: user?.status ?? absent, text: user?.text };
    });
  for (const { conversation } of privately) here.delete(conversation);
  here.delete(`@${key(me)}`);
  const alsoHere = [...here]
    .map(([conversation, { username, status, text }]): Entry => {
      return { ...nothing, conversation, kind: "person", label: username, presence: status, text };
    })
    .toSorted(byLabel(key));
  const rooms = talks
    .filter(({ conversation }) => conversation.startsWith("#"))
    .map((talk): Entry => ({ ...counted(talk), kind: "room", label: roomLabel(talk), presence: "unknown" }))
    .toSorted(byLabel(key));
  const all = talks.find(({ conversation }) => conversation === "everyone");
  const everyone: Entry = {
    ...(all === undefined ? nothing : counted(all)),
    conversation: "everyone",
    kind: "everyone",
    label: "Everyone",
    presence: "unknown",
  };
  return { everyone, rooms, privately, alsoHere };
}

const nothing = { unread: 0, mentions: 0, muted: false } as const;

function counted({ conversation, unread, mentions, muted }: Talk) {
  return { conversation, unread, mentions, muted: muted === true };
}

function byLabel(key: (name: string) => string): (one: Entry, other: Entry) => number {
  return (one, other) => (key(one.label) < key(other.label) ? -1 : 1);
}

export function roomLabel({ conversation, spelling }: Pick<Talk, "conversation" | "spelling">): string {
  return spelling === undefined ? conversation : `#${spelling.replace(/^#/, "")}`;
}

/** What its badge counts: of a muted one only what calls me. */
export function news({ unread, mentions, muted }: Pick<Entry, "unread" | "mentions" | "muted">): number {
  return muted ? mentions : unread;
}

export function newsIn({ everyone, rooms, privately }: People): number {
  return [everyone, ...rooms, ...privately].reduce((sum, entry) => sum + news(entry), 0);
}

export function findIn(lists: People, conversation: string): Entry | undefined {
  const { everyone, rooms, privately, alsoHere } = lists;
  return [everyone, ...rooms, ...privately, ...alsoHere].find((entry) => entry.conversation === conversation);
}

/** Those whose name fits what was typed: all of it, at its beginning, inside it; the order of the list otherwise. */
export function matching(entries: readonly Entry[], typed: string): readonly Entry[] {
  const sign = /^[@#]/.exec(typed.trim())?.[0];
  const wanted = typed.trim().replace(/^[@#]/, "").normalize("NFC").toLowerCase();
  const fitting = entries.filter(({ kind }) => sign === undefined || (sign === "#") === (kind === "room"));
  if (wanted === "") return fitting;
  const rank = (entry: Entry): number => {
    const name = entry.label.replace(/^#/, "").toLowerCase();
    if (name === wanted) return 0;
    const at = name.indexOf(wanted);
    return at < 0 ? at : at === 0 ? 1 : 2;
  };
  return fitting
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ entry }) => entry);
}

/** The first letter as a reader counts letters: 👩‍🚀 and ﷲ are one. */
export function monogram(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name);
  return (first?.segment ?? "?").slice(0, 8).toUpperCase();
}

/** What the tab says. */
export function pageTitle(unread: number, label: string | undefined): string {
  const count = unread === 0 ? "" : `(${shortCount(unread)}) `;
  return `${count}${label === undefined ? "" : `${label} · `}Chat`;
}

export function shortCount(count: number): string {
  return count > 99 ? "99+" : `${count}`;
}
