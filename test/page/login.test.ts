// The door of a server with accounts, in Chromium: a password, an account that is made, a login that ends; and the
// door of one that wants tokens which somebody else has signed.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { flagsForSigned, signedToken } from "../support/signed-token.js";
import { noChromium, openChromium } from "./chromium.js";
import { Served } from "./served.js";
import { Visitor } from "./visitor.js";

const password = "four words nobody guesses";

describe.skipIf(noChromium)("the door", () => {
  let browser: Browser;
  let house: Served;

  beforeAll(async () => {
    browser = await openChromium();
    house = await Served.start("--auth", "password", "--registration", "open");
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await house?.end();
  });

  async function comes(url = house.url): Promise<Visitor> {
    const visitor = await Visitor.come(browser, url);
    onTestFinished(() => visitor.leave());
    return visitor;
  }

  async function makes(visitor: Visitor, name: string): Promise<void> {
    const { page } = visitor;
    await page.getByRole("button", { name: "Make one" }).click();
    await visitor.nameField.fill(name);
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
    await visitor.field.waitFor();
  }

  async function opensMe({ page }: Visitor): Promise<void> {
    await page.getByRole("button", { name: /status and settings/ }).click();
    await page.getByText("Where you are logged in").waitFor();
  }

  const stored = ({ page }: Visitor): Promise<string> =>
    page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

  test("an account is made; a reload needs no password, and none is kept", async () => {
    const alice = await comes();
    await makes(alice, "alice");
    await alice.says("hello");
    await alice.line("hello").waitFor();
    await alice.page.reload();
    await alice.line("hello").waitFor();
    const kept = await stored(alice);
    expect(kept).toContain("chat.token.alice");
    expect(kept).not.toContain(password);
    expect(alice.harm()).toEqual([]);
  });

  test("what is wrong is said at the field that it is about, and what was typed stays", async () => {
    const bob = await comes();
    const { page } = bob;
    await page.getByRole("button", { name: "Make one" }).click();
    await bob.nameField.fill("bob");
    await page.getByLabel("Password").fill("password");
    await page.keyboard.press("Enter");
    await page.getByText("This password is too easy to guess").waitFor();
    expect(await page.getByLabel("Password").getAttribute("aria-invalid")).toBe("true");
    expect(await bob.nameField.getAttribute("aria-invalid")).toBe("false");
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
    await bob.field.waitFor();

    const other = await comes();
    await other.nameField.fill("bob");
    await other.page.getByLabel("Password").fill("not the one");
    await other.page.keyboard.press("Enter");
    await other.page.getByText("The name or the password is wrong").waitFor();
    expect(await other.nameField.inputValue()).toBe("bob");
    await other.page.getByLabel("Password").fill(password);
    await other.page.keyboard.press("Enter");
    await other.field.waitFor();
  });

  test("whoever leaves comes back without a password, whoever logs out does not", async () => {
    const carol = await comes();
    const { page } = carol;
    await makes(carol, "carol");
    await page.getByRole("button", { name: "Leave" }).click();
    await page.getByText("This browser is still logged in by this name.").waitFor();
    await page.keyboard.press("Enter");
    await carol.field.waitFor();
    await opensMe(carol);
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByLabel("Password").waitFor();
    expect(await stored(carol)).not.toContain("chat.token.carol");
  });

  test("a login that is ended elsewhere leads back to the door with a word why, and what was typed is kept", async () => {
    const here = await comes();
    await makes(here, "dave");
    const there = await comes();
    await there.nameField.fill("dave");
    await there.page.getByLabel("Password").fill(password);
    await there.page.keyboard.press("Enter");
    await there.field.fill("half a sen");
    await opensMe(here);
    await here.page.getByText("Somewhere else, now").waitFor();
    await here.page.getByRole("button", { name: "End", exact: true }).click();
    await here.page.getByText("Somewhere else, now").waitFor({ state: "detached" });
    await there.page.getByText("Your login has ended").waitFor();
    expect(await there.nameField.inputValue()).toBe("dave");
    await there.page.getByLabel("Password").fill(password);
    await there.page.keyboard.press("Enter");
    await there.field.waitFor();
    expect(await there.field.inputValue()).toBe("half a sen");
    expect([here.harm(), there.harm()]).toEqual([[], []]);
  });

  test("what an admin announces is read, and that nobody can write is said for as long as it is so", async () => {
    const frank = await comes();
    await makes(frank, "frank");
    house.orders("admin", "announce", "tea is ready");
    await frank.page.getByText("The server announces: tea is ready").waitFor();
    house.orders("admin", "read-only", "on", "--reason", "we move house");
    const closed = frank.page.getByText("Nobody can write for now: we move house");
    await closed.waitFor();
    house.orders("admin", "read-only", "off");
    await closed.waitFor({ state: "detached" });
    house.orders("admin", "slow-mode", "30");
    await frank.note.getByText("one message in 30 s").waitFor();
    house.orders("admin", "slow-mode", "0");
    house.orders("admin", "silence", "frank");
    await frank.says("hear me");
    await frank.page.getByText(/may not write here for now/).waitFor();
  });

  test("two tabs are one login: whoever logs out in one is at the door in the other", async () => {
    const here = await comes();
    await makes(here, "ivan");
    const there = await here.tab();
    await there.field.waitFor();
    await opensMe(there);
    await there.page.getByRole("button", { name: "Log out" }).click();
    await there.page.getByLabel("Password").waitFor();
    await here.page.getByLabel("Password").waitFor();
    expect(await stored(here)).not.toContain("chat.token.ivan");
    await here.page.getByLabel("Password").fill(password);
    await here.page.keyboard.press("Enter");
    await here.field.waitFor();
  });

  test("where an invite is asked for, the door has a field for it, and says what is wrong with one", async () => {
    const closed = await Served.start("--auth", "password", "--registration", "invite");
    onTestFinished(() => closed.end());
    const judy = await comes(closed.url);
    const { page } = judy;
    await page.getByRole("button", { name: "Make one" }).click();
    await judy.nameField.fill("judy");
    await page.getByLabel("Password").fill(password);
    await page.getByLabel("Invite code").fill("a-code-that-nobody-made");
    await page.keyboard.press("Enter");
    await page.getByText(/^An account needs an invite code that is good/).waitFor();
    await page.getByLabel("Invite code").fill(closed.told("user", "invite").trim());
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
    await judy.field.waitFor();
  });

  test("an open server asks for a name alone", async () => {
    const open = await Served.start("--store", "memory");
    onTestFinished(() => open.end());
    const eve = await comes(open.url);
    expect(await eve.page.getByLabel("Password").count()).toBe(0);
    await eve.enter("eve");
    await opensMe(eve);
    await eve.page.locator("li.login", { hasText: /^Here/ }).waitFor();
    expect(await eve.page.getByRole("button", { name: "Log out" }).count()).toBe(0);
  });

  describe("where tokens are signed elsewhere", () => {
    let signed: Served;

    const folder = mkdtempSync(join(tmpdir(), "chat-page-"));

    beforeAll(async () => {
      signed = await Served.start("--store", "memory", ...flagsForSigned(folder));
    }, 60_000);
    afterAll(async () => {
      await signed?.end();
      rmSync(folder, { recursive: true, force: true });
    });

    test("the page says so and takes one that is pasted; the token says the name", async () => {
      const faythe = await comes(signed.url);
      const { page } = faythe;
      await page.getByLabel("Your token").fill("not a token of anybody");
      await page.keyboard.press("Enter");
      await page.getByText("This token is not good here").waitFor();
      await page.getByLabel("Your token").fill(signedToken("faythe"));
      await page.keyboard.press("Enter");
      await faythe.field.waitFor();
      await page.getByRole("button", { name: "faythe: status and settings" }).waitFor();
      await page.reload();
      await faythe.field.waitFor();
      expect(faythe.harm()).toEqual([]);
    });

    test("one in the fragment of the address is taken, and stands there no more", async () => {
      const grace = await comes(`${signed.url}/#token=${signedToken("grace")}`);
      await grace.field.waitFor();
      expect(grace.page.url()).toBe(`${signed.url}/`);
      await grace.page.getByRole("button", { name: "grace: status and settings" }).waitFor();
    });

    test("a newer one is given where one's name stands, and counts in the other tab too", async () => {
      const here = await comes(`${signed.url}/#token=${signedToken("kim", 90)}`);
      await here.field.waitFor();
      const there = await here.tab();
      await there.field.waitFor();
      const until = async (visitor: Visitor): Promise<string> =>
        ((await visitor.page.locator("li.login", { hasText: /^Here/ }).textContent()) ?? "").replace(
          /.*until/is,
          "",
        );
      for (const tab of [here, there]) {
        await opensMe(tab);
        await tab.page.getByText(/^until/i).waitFor();
      }
      const before = await until(there);
      await here.page.getByLabel("A newer token").fill(signedToken("kim", 7_200));
      await here.page.getByRole("button", { name: "Bring" }).click();
      await expect
        .poll(async () => {
          await there.page.keyboard.press("Escape");
          await opensMe(there);
          await there.page
            .getByText(/^until/i)
            .first()
            .waitFor();
          return until(there);
        })
        .not.toBe(before);
    });

    test("one that ends is asked for in time, and without a newer one the door is next", async () => {
      const heidi = await comes(`${signed.url}/#token=${signedToken("heidi", 14)}`);
      await heidi.field.waitFor();
      await heidi.page.getByText(/^Your login ends at/).waitFor({ timeout: 14_000 });
      await heidi.field.fill("unfinished");
      await heidi.page.getByText("Your login has ended").waitFor({ timeout: 60_000 });
      await heidi.page.getByLabel("Your token").fill(signedToken("heidi"));
      await heidi.page.keyboard.press("Enter");
      await heidi.field.waitFor();
      expect(await heidi.field.inputValue()).toBe("unfinished");
    }, 100_000);
  });
});
