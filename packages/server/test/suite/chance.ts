// Things that people may happen to do, as sentences: a test that fails shows them as a transcript.

import type { Act, Choose, NameKey, Seq } from "chat-hub";
import fc from "fast-check";
import type { House } from "../store-house.js";
import { address } from "../store-house.js";
import type { Guest } from "./guest.js";

export const kept = ["alice", "bob", "carol"] as const;
export const everybody = [...kept, "guest"] as const;
export type Name = (typeof everybody)[number];
export const places = ["everyone", "#dev", "#den", ...everybody.map((name) => `@${name}` as const)] as const;
export type PlaceName = (typeof places)[number];

export const tokenOf = (name: Name) => (name === "guest" ? undefined : `${name}-has-a-long-secret`);

/** A house with whoever is in it now. */
export interface Company {
  readonly house: House;
  readonly here: Map<Name, Guest>;
  /** What each sent last with a nonce. */
  readonly sent: Map<Name, Sending>;
}

export interface Sending {
  readonly where: PlaceName;
  readonly act: Act;
  readonly nonce: string;
}

export type Deed =
  | { readonly kind: "act"; readonly where: PlaceName; readonly act: Act; readonly nonce: string | undefined }
  | { readonly kind: "goes" | "comes" | "takes over"; readonly after: number }
  /** Sends once more what they sent last with a nonce. */
  | { readonly kind: "repeats" }
  | { readonly kind: "chooses"; readonly what: Choose["what"] }
  | { readonly kind: "reads"; readonly where: PlaceName; readonly seq: number };

export interface Step {
  readonly who: Name;
  readonly deed: Deed;
}

/** Seqs are small; what the numbers of a private conversation begin with is put before them later. */
const seq = fc
  .oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 7 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }) },
  )
  .map((value) => value as Seq);
const who = fc.constantFrom(...everybody).map((name) => name as string as NameKey);
const on = fc.boolean();
const text = fc.constantFrom("hi", "red", "boat", "a red boat", "@bob look", "👋");
const calls = now(
  fc.record({ names: fc.subarray(everybody.map((name) => name as string as NameKey)), all: on }),
);

const message = fc
  .record({ message: text, replyTo: now(seq), mentions: calls })
  .map(({ message, replyTo, mentions }): Act => {
    return {
      type: "message",
      message,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(mentions === undefined ? {} : { mentions }),
    };
  });

const edit = fc
  .record({ target: seq, message: text, mentions: calls })
  .map(({ target, message, mentions }): Act => {
    return { type: "edit", target, message, ...(mentions === undefined ? {} : { mentions }) };
  });

const visibility = fc.constantFrom("public" as const, "private" as const);
const history = fc.constantFrom("all" as const, "since_join" as const);
const topic = fc.constantFrom("", "news");

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: message },
  { weight: 3, arbitrary: edit },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("deletion" as const), target: seq }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("reaction" as const),
      target: seq,
      emoji: fc.constantFrom("👍", "❤️", "🎉"),
      on,
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("pin" as const), target: seq, on }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("create" as const),
      name: fc.constantFrom("dev", "den"),
      visibility,
      history,
      topic,
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom("join" as const, "leave" as const) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom("invite" as const, "kick" as const), who }) },
  // A step takes a quarter of a second, so that they end under way.
  {
    weight: 3,
    arbitrary: fc.record(
      {
        type: fc.constantFrom("ban" as const, "silence" as const),
        who,
        on,
        forSeconds: fc.constantFrom(0.02, 0.1),
      },
      { requiredKeys: ["type", "who", "on"] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("slow" as const), seconds: fc.constantFrom(0, 1, 3) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("role" as const),
      who,
      role: fc.constantFrom("member" as const, "moderator" as const, "owner" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("topic" as const), topic }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("history" as const), history }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("archive" as const), on }) },
);

const where = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("#dev" as const, "#den" as const) },
  { weight: 2, arbitrary: fc.constantFrom(...places) },
);

/** Rooms are where most can be done. */
const inRoom = fc.record({
  kind: fc.constant("act" as const),
  where,
  act,
  nonce: now(fc.constantFrom("nonce-the-first-one", "nonce-the-second-1")),
});
const chooses = fc.record({
  kind: fc.constant("chooses" as const),
  what: fc.oneof(
    fc.record({ kind: fc.constant("block" as const), who, on }),
    fc.record({ kind: fc.constant("mute" as const), of: where.map(address), on }),
    fc.record({
      kind: fc.constant("reading" as const),
      reading: fc.constantFrom("shared" as const, "private" as const),
    }),
  ),
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 30, arbitrary: inRoom },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("goes" as const, "comes" as const, "takes over" as const),
      after: fc.constantFrom(0, 8),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("repeats" as const) }) },
  { weight: 2, arbitrary: chooses },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("reads" as const), where, seq: seq as fc.Arbitrary<number> }),
  },
);

export const step: fc.Arbitrary<Step> = fc
  .record({ who: fc.constantFrom(...everybody), deed })
  .map((each) => Object.assign(each, { [fc.toStringMethod]: () => sentence(each) }));

function sentence({ who: name, deed: { kind, ...rest } }: Step): string {
  return `\n  ${name} ${kind} ${JSON.stringify(rest)}`;
}

/** One time in five. */
function now<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}
