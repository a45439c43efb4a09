// How people look to each other over real sockets: statuses, invisibility, blocks, typing, and what one
// has chosen on another device.

import { describe, expect, test } from "vitest";
import type { House, StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Talker } from "../support/talker.js";

const token = (name: string): string => `&token=${name}-has-a-long-secret`;
const at = expect.any(Number);

async function two(store: StoreName): Promise<{ house: House; alice: Talker; bob: Talker }> {
  const house = await openHouse({ store, limits: { presenceMs: 1, graceMs: 50 } });
  const alice = await house.events("alice", token("alice"));
  await alice.hearsPresence({ payload: { users: [{ username: "alice", status: "online" }] } });
  const bob = await house.events("bob", token("bob"));
  await alice.hearsPresence({ payload: { users: [{ username: "bob", status: "online" }] } });
  return { house, alice, bob };
}

describe.each<StoreName>(["memory", "sqlite"])("%s", (store) => {
  test("a status and its words are told, kept, and told to one's other devices", async () => {
    const { house, alice, bob } = await two(store);
    const phone = await house.events("bob", token("bob"));
    bob.says('{"type":"set_status","id":1,"payload":{"status":"busy","text":"in a meeting"}}');
    await bob.hearsExactly({ type: "ack", id: 1, payload: { at } });
    await phone.hearsExactly({
      type: "settings",
      payload: { status: "busy", text: "in a meeting", reading: "shared" },
    });
    const row = { username: "bob", status: "busy", text: "in a meeting" };
    await alice.hearsPresence({ type: "presence", payload: { users: [row], count: 2 } });
    await bob.leaves();
    await phone.leaves();
    const back = await house.connects(`/ws?username=bob${token("bob")}`, "bob");
    await back.hears({ type: "welcome", payload: { settings: { status: "busy", text: "in a meeting" } } });
  });

  test("whoever is invisible looks offline everywhere, and hears everything", async () => {
    const { alice, bob } = await two(store);
    bob.says('{"type":"set_status","id":1,"payload":{"status":"invisible"}}');
    await bob.hears({ type: "ack", id: 1 });
    await alice.hearsPresence({ payload: { users: [{ username: "bob", status: "offline" }], count: 1 } });
    alice.says('{"type":"whois","id":1,"payload":{"username":"bob"}}');
    await alice.hearsExactly({
      type: "whois",
      id: 1,
      payload: { username: "bob", kept: true, status: "offline", seen: at },
    });
    alice.says('{"type":"users","id":2}');
    await alice.hears({ type: "users", id: 2, payload: { count: 1 } });
    alice.says('{"type":"private_message","id":3,"payload":{"message":"hi","to":"bob"}}');
    await alice.hears({ type: "ack", id: 3, payload: { recipient: "away" } });
    await bob.hears({ type: "new_message", payload: { message: "hi" } });
  });

  test("a block: no private messages either way, no presence and no typing between the two", async () => {
    const { house, alice, bob } = await two(store);
    const phone = await house.events("bob", token("bob"));
    bob.says('{"type":"block","id":1,"payload":{"username":"alice"}}');
    await bob.hearsExactly({ type: "ack", id: 1, payload: { at } });
    await phone.hearsExactly({ type: "blocked", payload: { username: "alice", on: true } });
    await alice.hearsPresence({ payload: { users: [{ username: "bob", status: "offline" }] } });
    for (const [from, to] of [
      [alice, "bob"],
      [bob, "alice"],
    ] as const) {
      from.says(`{"type":"private_message","id":2,"payload":{"message":"hi","to":"${to}"}}`);
      await from.hears({ type: "error", id: 2, payload: { code: "blocked" } });
      from.says(`{"type":"typing","payload":{"conversation":"@${to}"}}`);
      from.says('{"type":"typing","payload":{"conversation":"everyone"}}');
    }
    await alice.hearsNothing();
    await bob.heardSoFar();
    bob.says('{"type":"blocks","id":3}');
    await bob.hearsExactly({ type: "blocks", id: 3, payload: { usernames: ["alice"], more: false } });
    bob.says('{"type":"block","id":4,"payload":{"username":"alice","on":false}}');
    await bob.hearsExactly({ type: "ack", id: 4, payload: { at } });
    await alice.hearsPresence({ payload: { users: [{ username: "bob", status: "online" }] } });
    alice.says('{"type":"private_message","id":5,"payload":{"message":"hi","to":"bob"}}');
    await alice.hears({ type: "ack", id: 5 });
  });

  test("a block and a mute are there after a restart of their connection", async () => {
    const { house, bob } = await two(store);
    bob.says(
      '{"type":"block","id":1,"payload":{"username":"alice"}}',
      '{"type":"mute","id":2,"payload":{"conversation":"everyone"}}',
    );
    await bob.hears({ type: "ack", id: 1 }, { type: "ack", id: 2, payload: { conversation: "everyone" } });
    await bob.leaves();
    const back = await house.connects(`/ws?username=bob${token("bob")}`, "bob");
    await back.hears({
      type: "welcome",
      payload: { conversations: [{ conversation: "everyone", muted: true }] },
    });
    back.says('{"type":"blocks","id":3}');
    await back.hears({ type: "blocks", payload: { usernames: ["alice"] } });
    back.says('{"type":"whois","id":4,"payload":{"username":"alice"}}');
    await back.hears({ type: "whois", payload: { status: "offline" } });
  });

  test("blocking nobody, oneself, or under a name that is not kept is refused", async () => {
    const { house, alice } = await two(store);
    const guest = await house.events("guest");
    alice.says('{"type":"block","id":1,"payload":{"username":"nobody"}}');
    await alice.hears({ type: "error", id: 1, payload: { code: "unknown_user" } });
    alice.says('{"type":"block","id":2,"payload":{"username":"alice"}}');
    await alice.hears({ type: "error", id: 2, payload: { code: "forbidden" } });
    guest.says('{"type":"block","id":1,"payload":{"username":"alice"}}');
    await guest.hears({ type: "error", id: 1, payload: { code: "token_needed" } });
  });

  test("typing is passed on, in everyone, a room and privately, and ends at once", async () => {
    const { house, alice, bob } = await two(store);
    const script = await house.simple("script");
    alice.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
    await alice.heardSoFar();
    bob.says('{"type":"join_room","payload":{"conversation":"#dev"}}');
    await bob.heardSoFar();
    await alice.heardSoFar();
    for (const conversation of ["everyone", "#dev", "@bob"]) {
      const shown = conversation === "@bob" ? "@alice" : conversation;
      alice.says(`{"type":"typing","payload":{"conversation":"${conversation}"}}`);
      alice.says(`{"type":"typing","payload":{"conversation":"${conversation}"}}`);
      alice.says(`{"type":"typing","id":1,"payload":{"conversation":"${conversation}","on":false}}`);
      await alice.hearsExactly({ type: "ack", id: 1, payload: { conversation, at } });
      await bob.hearsExactly(
        { type: "typing", payload: { conversation: shown, username: "alice", on: true } },
        { type: "typing", payload: { conversation: shown, username: "alice", on: false } },
      );
    }
    await script.hearsNothing();
    await alice.hearsNothing();
  });
});
