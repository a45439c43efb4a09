// The list beside the log: everyone, those I talk with privately, and who else is here. Each person stands there once.

/** In a crowd the server names only some of those who are here. */
export type Presence = "here" | "away" | "unknown";

export interface Talk {
  /** `everyone`, `@bob`. */
  readonly conversation: string;
  /** The other one as they spell their name, once they have said something. */
  readonly spelling?: string | undefined;
  readonly unread: number;
}

export interface Present {
  readonly names: readonly string[];
  readonly count: number;
  /** `names` are all who are here. */
  readonly complete: boolean;
}

export interface Entry {
  readonly conversation: string;
  readonly label: string;
  readonly unread: number;
  readonly presence: Presence;
}

export interface People {
  readonly everyone: Entry;
  /** In the order of `talks`: the newest first. */
  readonly privately: readonly Entry[];
  /** Here and not among those above; by name. */
  readonly alsoHere: readonly Entry[];
}

/** Somebody one turns to stands among them before the first word. */
export function talksWith(talks: readonly Talk[], open: string): readonly Talk[] {
  if (open === "everyone" || talks.some(({ conversation }) => conversation === open)) return talks;
  return [{ conversation: open, unread: 0 }, ...talks];
}

export function sameTalks(some: readonly Talk[], others: readonly Talk[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ conversation, spelling, unread }, index) => {
      const other = others[index];
      return conversation === other?.conversation && spelling === other.spelling && unread === other.unread;
    })
  );
}

/** @param key the form in which two spellings of a name are equal */
export function people(
  talks: readonly Talk[],
  present: Present,
  me: string,
  key: (name: string) => string,
): People {
  const here = new Map(present.names.map((name) => [`@${key(name)}`, name]));
  const absent: Presence = present.complete ? "away" : "unknown";
  const privately = talks
    .filter(({ conversation }) => conversation !== "everyone")
    .map(({ conversation, spelling, unread }): Entry => {
      const label = here.get(conversation) ?? spelling ?? conversation.slice(1);
      return { conversation, label, unread, presence: here.has(conversation) ? "here" : absent };
    });
  for (const { conversation } of privately) here.delete(conversation);
  here.delete(`@${key(me)}`);
  const alsoHere = [...here]
    .map(([conversation, label]): Entry => ({ conversation, label, unread: 0, presence: "here" }))
    .sort((one, other) => (key(one.label) < key(other.label) ? -1 : 1));
  const unread = talks.find(({ conversation }) => conversation === "everyone")?.unread ?? 0;
  return {
    everyone: { conversation: "everyone", label: "Everyone", unread, presence: "here" },
    privately,
    alsoHere,
  };
}

/** Those whose name fits what was typed: at its beginning before inside it; the order of the list otherwise. */
export function matching(entries: readonly Entry[], typed: string): readonly Entry[] {
  const wanted = typed.trim().replace(/^@/, "").normalize("NFC").toLowerCase();
  if (wanted === "") return entries;
  const rank = (entry: Entry): number => {
    const at = entry.label.toLowerCase().indexOf(wanted);
    return at <= 0 ? at : 1;
  };
  return entries
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter(({ rank }) => rank >= 0)
    .sort((one, other) => one.rank - other.rank)
    .map(({ entry }) => entry);
}

/** The first letter as a reader counts letters: 👩‍🚀 and ﷲ are one. */
export function monogram(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name);
  return (first?.segment ?? "?").slice(0, 8).toUpperCase();
}

/** What the tab says. */
export function pageTitle(unread: number, label: string | undefined): string {
  const count = unread === 0 ? "" : `(${unread > 99 ? "99+" : unread}) `;
  return `${count}${label === undefined ? "" : `${label} · `}Chat`;
}
