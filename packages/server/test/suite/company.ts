// A house full of people, and what becomes of it when they do what chance says.

import type { Act, Appended, Entry, HistorySetting, Seq, StoreAnswer } from "chat-hub";
import type { OpenStore } from "../store-house.js";
import { day, House } from "../store-house.js";
import type { Company, Name, PlaceName, Step } from "./chance.js";
import { tokenOf } from "./chance.js";
import { Guest } from "./guest.js";

/** Small, so that they are met. */
const limits = { roomsPerUser: 2, membersPerRoom: 4, reactionsPerMessage: 2, pins: 2, blocks: 1, terms: 2 };

/** Everybody is here, and something was said everywhere. */
export async function company(
  open: OpenStore,
  everyoneHistory: HistorySetting,
  keepMs?: number,
): Promise<Company> {
  const house = new House(open, { limits, everyoneHistory, ...(keepMs === undefined ? {} : { keepMs }) });
  const enter = async (name: Name) => house.enters(name, tokenOf(name));
  const [alice, bob, carol] = [await enter("alice"), await enter("bob"), await enter("carol")];
  for (const line of ["one", "two"]) await alice.writes(line);
  const guest = await enter("guest");
  await alice.makes("#dev");
  await alice.makes("#den", { visibility: "private" });
  await alice.invites("bob", "#den");
  for (const [who, room] of [
    [bob, "#dev"],
    [carol, "#dev"],
    [bob, "#den"],
  ] as const)
    await who.joins(room);
  for (const who of [alice, bob, carol, guest]) await who.writes("hi");
  for (const who of [alice, bob, carol]) await who.writes("hi", { to: "#dev" });
  for (const who of [alice, bob]) await who.writes("hi", { to: "#den" });
  for (const to of ["@bob", "@carol", "@guest"]) await alice.writes("hi", { to });
  return {
    house,
    here: new Map(Object.entries({ alice, bob, carol, guest }) as [Name, Guest][]),
    sent: new Map(),
  };
}

/** Where the numbers of a conversation begin for them. */
async function base(guest: Guest, where: PlaceName): Promise<number> {
  const page = await guest.asksToRead(where, "newest", 1);
  return page.ok && page.first > 1_000_000 ? Math.floor(page.first / 1_000_000) * 1_000_000 : 0;
}

/** Does it, if whoever does it is there; what was answered. */
export async function take(
  { house, here, sent }: Company,
  { who, deed }: Step,
  at: number,
): Promise<StoreAnswer | undefined> {
  const guest = here.get(who);
  switch (deed.kind) {
    case "comes":
    case "takes over": {
      const token = deed.kind === "comes" ? tokenOf(who) : "somebody-elses-long-secret";
      const answer = await house.knocks(who, token, at + deed.after * day);
      if (answer.ok) here.set(who, new Guest(house, answer));
      return answer;
    }
    case "goes":
      here.delete(who);
      return guest && ((await guest.leaves(at)) as StoreAnswer);
    case "repeats": {
      const { where, act, nonce } = sent.get(who) ?? {};
      if (where === undefined || act === undefined || nonce === undefined) return undefined;
      return guest?.asksTo(where, act, { at, nonce });
    }
    case "chooses":
      return guest?.chooses(deed.what, at);
    case "reads": {
      const page = await guest?.asksToRead(deed.where, "newest", 1);
      if (guest === undefined || !page?.ok) return undefined;
      const seq = deed.seq + (await base(guest, deed.where));
      return guest.got(page.conversation, { from: page.first, delivered: seq, read: seq - 1 });
    }
    case "act": {
      if (guest === undefined) return undefined;
      const from = await base(guest, deed.where);
      const { act, nonce } = deed;
      const moved =
        act.type === "message" && act.replyTo !== undefined
          ? { ...act, replyTo: (act.replyTo + from) as Seq }
          : "target" in act
            ? { ...act, target: (act.target + from) as Seq }
            : act;
      if (nonce === undefined) return guest.asksTo(deed.where, moved, { at });
      sent.set(who, { where: deed.where, act: moved, nonce });
      return guest.asksTo(deed.where, moved, { at, nonce });
    }
  }
}

/** What was written, as those hear it who listen. */
export function heard(
  who: Guest | undefined,
  deed: { readonly act?: Act; readonly nonce?: string | undefined },
  answer: StoreAnswer | undefined,
): [number, Entry][] {
  if (answer?.ok !== true) return [];
  if ("left" in answer) return answer.left.map(({ place, entry }) => [place.conversation, entry]);
  if (!("duplicate" in answer) || answer.duplicate || answer.unchanged || who === undefined) return [];
  const { conversation, followed = [] } = answer;
  const said = answer.entry ?? plainMessage(who, deed.act, deed.nonce, answer);
  return [said, ...followed].map((each) => [conversation, each]);
}

/** What an answer without its entry stands for. */
function plainMessage(
  { user, name }: Guest,
  act: Act | undefined,
  nonce: string | undefined,
  answer: Appended,
): Entry {
  if (act?.type !== "message") throw new Error(`${act?.type} was answered without its entry`);
  const { seq, at } = answer;
  const said = { seq, at, type: "message", author: user, from: name, message: act.message } as const;
  return { ...said, origin: 7 as Entry["origin"], ...(nonce === undefined ? {} : { nonce }) };
}
