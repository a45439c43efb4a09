// An account that is called something else by now, as its token says: it stays who it was.

import { expect, test } from "vitest";
import type { NameKey } from "../src/index.js";
import { defaultLimits, parseName } from "../src/index.js";
import { houseWith, verified } from "./gate-people.js";
import type { Wire } from "./hub-house.js";

const last = (wire: Wire) => wire.heard().at(-1)?.payload;
const named = (text: string, account: string) => {
  const name = parseName(text, defaultLimits);
  return verified({ account, ...(name.ok ? { name: name.value } : {}) });
};
/** Two accounts of an issuer; the name that each token says stands in it. */
const renaming = () =>
  houseWith((call) => {
    const text = call.type === "verify" && call.proof.kind === "token" ? call.proof.token : "";
    const [name = "", account = ""] = text.split("_");
    return named(name, account);
  });
const asAlice = "alice_the-account-one";
const asAlicia = "alicia_the-account-one";

test("it comes under the name that it first came by, also beside itself", () => {
  const house = renaming();
  const first = house.connects("events", { token: asAlice });
  expect(last(first)).toMatchObject({ username: "alice" });
  const second = house.connects("events", { token: asAlicia });
  expect(last(second)).toMatchObject({ username: "alice", kept: true, here: 1 });
  first.closes(true);
  second.closes(true);
  expect(last(house.connects("events", { token: asAlicia }))).toMatchObject({ username: "alice" });
});

test("it may say that name, and no other but the one that its token says", () => {
  const house = renaming();
  house.connects("events", { token: asAlice }).closes(true);
  house.connects("events", { token: "bob_the-account-two" });
  for (const username of ["alice", "alicia"]) {
    const guest = house.connects("events", { username, token: asAlicia });
    expect(last(guest), username).toMatchObject({ username: "alice" });
  }
  for (const username of ["bob", "carl"]) {
    const guest = house.connects("events", { username, token: asAlicia });
    expect(last(guest), username).toMatchObject({ code: "not_let_in" });
  }
  const stranger = house.connects("events", { username: "carl", token: "dora_the-account-three" });
  expect(last(stranger)).toMatchObject({ code: "not_let_in" });
  expect(last(house.connects("events", { token: "dora_the-account-three" }))).toMatchObject({
    username: "dora",
  });
});

test("it stays banned", () => {
  const house = renaming();
  house.connects("events", { token: asAlice });
  expect(
    house.orders({
      type: "ban",
      who: "alice" as NameKey,
      address: undefined,
      forSeconds: undefined,
      reason: "",
    }),
  ).toMatchObject({ ok: true });
  expect(last(house.connects("events", { token: asAlicia }))).toMatchObject({ code: "banned" });
});

test("it is not released while it comes back under another", () => {
  const house = renaming();
  const first = house.connects("events", { token: asAlice });
  house.isSlow = true;
  const second = house.connects("events", { token: asAlicia });
  house.answers();
  first.closes(true);
  house.passes(20_000);
  house.answers();
  house.answers();
  house.isSlow = false;
  expect(last(second)).toMatchObject({ username: "alice" });
  const others = house.connects("events", { token: "bob_the-account-two" });
  others.says('{"type":"private_message","id":1,"payload":{"to":"alice","message":"hi"}}');
  expect(others.heard()).toContainEqual(
    expect.objectContaining({ type: "ack", payload: expect.objectContaining({ recipient: "here" }) }),
  );
});
