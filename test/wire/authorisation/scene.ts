// A house in which everybody stands in some way to what was said, with all that happened to bring them there.

import type { HouseOrder, NameKey } from "chat-hub";
import { expect } from "vitest";
import type { House, StoreName } from "../../support/house.js";
import { openHouse } from "../../support/house.js";
import type { Frame, Talker } from "../../support/talker.js";
import { keysOf } from "../../tokens/gatehouse.ts";
import { audience, goodToken, issuer, secretSigner } from "../../tokens/issuer.ts";
import type { Person } from "./people.js";
import { everybody, secrets } from "./people.js";
import type { Places } from "./ways.js";

export interface Scene {
  readonly house: House;
  readonly places: Places;
  /** Their connections of both dialects that were there all the time. */
  readonly live: ReadonlyMap<Person, readonly Talker[]>;
  /** A connection more, to this path, as somebody. */
  comes(person: Person, path: string): Promise<Talker>;
}

const forGood = { forSeconds: undefined, reason: "" };
const signer = secretSigner();
const wereMembers = [
  "moderator",
  "member",
  "silenced",
  "hushed",
  "returned",
  "left",
  "kicked",
  "banned",
  "outlaw",
  "ended",
] as const satisfies readonly Person[];

/** Everything is said and done by connections of their own, so that all others only hear. */
class Doer {
  readonly name: string;
  readonly #talker: Talker;
  #asked = 0;

  constructor(name: string, talker: Talker) {
    this.name = name;
    this.#talker = talker;
  }

  /** @returns the payload of its ack, or of its answer */
  async does(type: string, payload: object): Promise<Frame> {
    this.#asked += 1;
    const id = this.#asked;
    this.#talker.says(JSON.stringify({ type, id, payload }));
    for (;;) {
      const frame = await this.#talker.next();
      if (frame["id"] !== id) continue;
      expect(frame["type"], `${this.name}, ${type}: ${JSON.stringify(frame)}`).not.toBe("error");
      return frame["payload"] as Frame;
    }
  }

  async says(conversation: string, text: string, more: object = {}): Promise<number> {
    const { seq } = await this.does("send_message", { conversation, message: `xyzzy ${text}`, ...more });
    return seq as number;
  }
}

export async function sceneOf(store: StoreName): Promise<Scene> {
  const house = await openHouse({
    store,
    limits: { rates: undefined },
    auth: { mode: "jwt", keys: keysOf(signer), issuer, audience: [audience], skewMs: 30_000 },
  });
  const began = Date.now() - 60_000;
  const second = Math.floor(Date.now() / 1000);
  const tokenOf = (person: string): string =>
    goodToken(signer, second, { sub: `id-of-${person}`, preferred_username: person });
  const comes = (person: string, path: string, name = person): Promise<Talker> => {
    const token = person === "nobody" ? "one-that-nobody-gave" : tokenOf(person);
    return house.connects(`${path}${path.includes("?") ? "&" : "?"}token=${token}`, name);
  };

  const live = new Map<Person, readonly Talker[]>();
  const doers = new Map<Person, Doer>();
  for (const person of everybody) {
    const events = await comes(person, "/ws");
    live.set(person, [events]);
    if (person === "nobody") continue;
    await events.hears({ type: "welcome", payload: { username: person } });
    // Others of the same login, so that nothing of it stays when it is ended.
    const simple = await comes(person, "/v1/ws", `${person}, simple`);
    await simple.hearsNothing();
    live.set(person, [events, simple]);
    const doing = await comes(person, "/ws");
    await doing.hears({ type: "welcome" });
    doers.set(person, new Doer(person, doing));
  }
  const one = (person: Person): Doer => doers.get(person) as Doer;
  const [owner, closed] = [one("owner"), { conversation: "#closed" }];
  const orders = async (order: HouseOrder): Promise<void> => {
    expect(await house.orders(order)).toMatchObject({ ok: true });
  };
  const who = (person: Person) => person as string as NameKey;
  const joins = async (person: Person): Promise<void> => {
    for (const conversation of ["#closed", "#club"]) {
      await owner.does("invite", { conversation, username: person });
      await one(person).does("join_room", { conversation });
    }
    await one(person).does("join_room", { conversation: "#hall" });
  };

  await orders({ type: "role", who: who("warden"), role: "admin" });
  await owner.does("create_room", { ...closed, visibility: "private", history: "since_join" });
  await owner.does("create_room", { conversation: "#club", visibility: "private", history: "all" });
  await owner.does("create_room", { conversation: "#hall", visibility: "public", history: "all" });
  await owner.says("#closed", secrets.before);
  await owner.says("#club", secrets.past);
  await owner.says("#hall", secrets.hall);
  for (const person of wereMembers) await joins(person);

  await owner.does("set_role", { ...closed, username: "moderator", role: "moderator" });
  const draft = await owner.says("#closed", secrets.draft);
  const erased = await owner.says("#closed", secrets.erased);
  const pinned = await owner.says("#closed", secrets.pinned);
  await owner.does("pin", { ...closed, message_seq: pinned });
  await owner.does("react", { ...closed, message_seq: pinned, emoji: secrets.key });
  await owner.does("set_topic", { ...closed, topic: "canarytopic" });
  await owner.does("typing", closed);
  await one("kicked").does("read", { ...closed, seq: pinned });
  // It is told some time later.
  await live.get("left")?.[0]?.nextOf("receipt");
  await owner.does("delete_message", { ...closed, message_seq: erased });
  const friend = await comes("friend", "/ws");
  await friend.hears({ type: "welcome" });
  await new Doer("friend", friend).says("@member", secrets.pair);
  await owner.says("everyone", secrets.house);

  for (const person of ["left", "returned"] as const)
    for (const conversation of ["#closed", "#club", "#hall"])
      await one(person).does("leave_room", { conversation });
  for (const conversation of ["#closed", "#club", "#hall"]) {
    await owner.does("kick", { conversation, username: "kicked" });
    await owner.does("ban", { conversation, username: "banned" });
  }
  await owner.does("silence", { ...closed, username: "silenced" });
  await orders({ type: "silence", who: who("hushed"), on: true, ...forGood });
  await orders({ type: "ban", who: who("outlaw"), address: undefined, ...forGood });
  const { sessions } = await one("ended").does("sessions", {});
  for (const { session } of sessions as { session: string }[])
    await one("ended").does("end_session", { session });
  for (const talker of live.get("outlaw") ?? []) await talker.isClosed(4403);
  for (const talker of live.get("ended") ?? []) await talker.isClosed(4401);

  await owner.does("edit_message", { ...closed, message_seq: draft, message: `xyzzy ${secrets.edited}` });
  await owner.says("#closed", secrets.after, { reply_to: pinned });
  await owner.does("invite", { ...closed, username: "invited" });
  await joins("newcomer");
  await joins("returned");
  const head = await owner.says("#closed", secrets.later);
  const { at: _at, ...welcome } = (await (await comes("owner", "/ws")).next())["payload"] as Frame;
  return { house, places: { pinned, head, epoch: welcome["epoch"] as string, began }, live, comes };
}
