import { expect, test } from "vitest";
import { makeNonce, openIdentity } from "../src/state/identity.js";
import { openDrawer } from "../src/state/storage.js";

/** As much of a browser's store as is used. */
function fakeStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage;
}

test("a name keeps one secret in this browser, however it is spelled", () => {
  const storage = fakeStorage();
  const token = openIdentity(openDrawer(() => storage)).token("Zoë");
  expect(token).toMatch(/^[0-9a-f]{48}$/);
  const later = openIdentity(openDrawer(() => storage));
  expect(later.token("zoë")).toBe(token);
  expect(later.token("ZOE\u0308")).toBe(token);
  expect(later.token("bob")).not.toBe(token);
});

test("the last name is offered again; whoever left is not let in by themselves", () => {
  const identity = openIdentity(openDrawer(fakeStorage));
  expect(identity.rememberedName()).toBe("");
  identity.remember("bob");
  expect([identity.rememberedName(), identity.stays()]).toEqual(["bob", true]);
  identity.leave();
  expect([identity.rememberedName(), identity.stays()]).toEqual(["bob", false]);
});

test("a browser that forbids storing, or has no room, only forgets", () => {
  const forbidden = openDrawer(() => {
    throw new Error("SecurityError");
  });
  forbidden.write("a", "1");
  expect(forbidden.read("a")).toBe("1");
  const full = openDrawer(
    () =>
      ({
        getItem: () => null,
        setItem: () => {
          throw new Error("QuotaExceededError");
        },
      }) as unknown as Storage,
  );
  full.write("a", "1");
  expect(full.read("a")).toBe("1");
});

test("nonces are UUIDs of version 7: they differ, and sort by time", () => {
  const nonces = [1_000, 2_000, Date.parse("2026-01-01"), Date.parse("2126-01-01")].map(makeNonce);
  for (const nonce of nonces)
    expect(nonce).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...nonces].sort()).toEqual(nonces);
  expect(new Set(Array.from({ length: 1_000 }, () => makeNonce(5)))).toHaveLength(1_000);
});
