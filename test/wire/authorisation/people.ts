// What was said, and who may come to know it: live, while they stood so, and by asking afterwards.

/** What there is to know. Each is a word that is said once, or what a frame looks like that tells it. */
export const secrets = {
  /** In #closed, a private room that is read from one's joining on: before anybody else was in it. */
  before: "canarybefore",
  /** While all who were ever members were. */
  draft: "canarydraft",
  erased: "canaryerased",
  pinned: "canarypinned",
  /** Anywhere but in the list of rooms. */
  topic: /(?<!"visibility":"private","history":"since_join","topic":")canarytopic/,
  key: "🗝",
  typing: /"type":"typing","payload":\{"conversation":"#closed","username":"owner","on":true/,
  receipt: /"type":"receipt","payload":\{"conversation":"#closed","username":"kicked"/,
  /** After some had gone: what became of the draft, and an answer to what is pinned. */
  edited: "canaryedited",
  after: "canaryafter",
  /** After some had come, or come again. */
  later: "canarylater",
  /** In #club, a private room whose past is open, before anybody else was in it. */
  past: "canarypast",
  /** In #hall, a public room. */
  hall: "canaryhall",
  /** In private, to the member, by a friend who has no other part. */
  pair: "canarypair",
  /** In everyone. */
  house: "canaryhouse",
  /** That there is a room #closed: by a list of rooms, and in any other way but by an invitation. */
  place: /(?<!"type":"invited","payload":\{)"conversation":"#closed"(?!,"name")/,
  listed: /"visibility":"private","history":"since_join","topic":"canarytopic"/,
} as const;
export type Secret = keyof typeof secrets;
export const allSecrets = Object.keys(secrets) as Secret[];

export interface Standing {
  /** Live, on connections that are there all the time. */
  readonly hears: readonly Secret[];
  /** By any other way, when all has happened. */
  readonly reads: readonly Secret[];
  /** The same once they have tried to join on their way in. */
  readonly joined?: readonly Secret[];
}

const during = ["draft", "erased", "pinned", "topic", "key", "typing", "receipt", "place"] as const;
const afterwards = ["edited", "after", "later"] as const;
const shared = ["past", "hall", "house", "place", "listed"] as const;
const member = {
  hears: [...during, ...afterwards, "house"],
  reads: ["pinned", "topic", "key", ...afterwards, ...shared],
} as const;
/** They came, or came again, when `after` had been said. */
const late = { hears: ["later", "house", "place"], reads: ["later", ...shared] } as const;
const stranger = { hears: ["house"], reads: ["house"] } as const;
/** They were members until then, and are none. */
const former = { hears: [...during, "house"], reads: ["house"] } as const;
/** The same, and they are not let in any more. */
const out = { hears: [...during, "house"], reads: [] } as const;

export const people = {
  owner: {
    hears: [...member.hears, "before", "past", "hall"],
    reads: [...member.reads, "before"],
  },
  moderator: member,
  member: { hears: [...member.hears, "pair"], reads: [...member.reads, "pair"] },
  /** A member who may only read: in that room, and in the house. */
  silenced: member,
  hushed: member,
  newcomer: late,
  /** They had been there before. */
  returned: { hears: [...during, ...late.hears], reads: late.reads },
  /** What they are invited to is no secret to them. */
  invited: { hears: ["house"], reads: ["house", "listed"], joined: ["house", "place"] },
  left: former,
  /** It is their receipt that the others hear of. */
  kicked: { ...former, hears: former.hears.filter((secret) => secret !== "receipt") },
  banned: former,
  stranger,
  /** Looks after the house, and is a stranger to rooms. */
  warden: stranger,
  /** Banned from the house. */
  outlaw: out,
  /** Their login was ended. */
  ended: out,
  /** Not logged in. */
  nobody: { hears: [], reads: [] },
} as const satisfies Record<string, Standing>;
export type Person = keyof typeof people;
export const everybody = Object.keys(people) as Person[];

/** Those of it that stand in what somebody got. */
export function knownFrom(heard: readonly string[]): Secret[] {
  const text = heard.join("\n");
  return allSecrets.filter((secret) => {
    const sign = secrets[secret];
    return typeof sign === "string" ? text.includes(sign) : sign.test(text);
  });
}
