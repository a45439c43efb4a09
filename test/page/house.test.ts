// The house on the page: what an admin says to all, orders, does about somebody and looks at; and what nobody else sees
// of it.

import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { noChromium, openChromium } from "./chromium.js";
import { Served } from "./served.js";
import { Visitor } from "./visitor.js";

describe.skipIf(noChromium)("the house on the page", { timeout: 30_000 }, () => {
  let browser: Browser;
  let served: Served;
  let ann: Visitor;

  beforeAll(async () => {
    [browser, served] = await Promise.all([openChromium(), Served.start("--limits", "off")]);
    ann = await Visitor.come(browser, served.url);
    await ann.enter("ann");
    served.orders("admin", "grant", "ann");
    await ann.page.reload();
    await ann.field.waitFor();
    await opensHouse(ann);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.end();
  });

  async function comes(name: string): Promise<Visitor> {
    const visitor = await Visitor.come(browser, served.url);
    onTestFinished(() => visitor.leave());
    await visitor.enter(name);
    return visitor;
  }

  async function opensHouse({ page }: Visitor): Promise<void> {
    await page.getByRole("button", { name: "Details" }).click();
    await page.getByRole("button", { name: "Look after the house" }).click();
    await page.getByRole("heading", { name: "The house" }).waitFor();
  }

  const button = ({ page }: Visitor, name: string): Locator =>
    page.getByRole("button", { name, exact: true });
  const sure = async (visitor: Visitor, name: string, asked: string): Promise<void> => {
    await button(visitor, name).click();
    await button(visitor, asked).click();
  };
  const about = async ({ page }: Visitor, who: string, term: string, why: string): Promise<void> => {
    await page.getByLabel("Name or address").fill(who);
    await page.getByLabel("For how long").selectOption({ label: term });
    await page.getByLabel("Why").fill(why);
  };

  test("nobody else is shown it", async () => {
    const eve = await comes("eve");
    await eve.page.getByRole("button", { name: "Details" }).click();
    await eve.page.getByRole("button", { name: "Mute" }).waitFor();
    expect(await button(eve, "Look after the house").count()).toBe(0);
  });

  test("an announcement reaches all; the house is read-only and slow for all, and not any more", async () => {
    const bob = await comes("bob");
    await ann.page.getByLabel("Announcement").fill("Tea at four.");
    await button(ann, "Announce").click();
    await bob.page.getByText("ann announces: Tea at four.").waitFor();
    await ann.page.getByLabel("Read-only").check();
    await bob.page.getByText("Nobody can write for now.").waitFor();
    await ann.page.getByText("Only admins can write for now.").waitFor();
    await ann.page.getByLabel("Read-only").uncheck();
    await ann.page.getByLabel("How often").selectOption({ label: "One message in 30 s" });
    await bob.page.getByText("one message in 30 s").waitFor();
    await ann.page.getByLabel("How often").selectOption({ label: "As they like" });
    await bob.page.getByText("one message in 30 s").waitFor({ state: "detached" });
    expect([...ann.harm(), ...bob.harm()]).toEqual([]);
  });

  test("whoever is put out reads why at the door", async () => {
    const oscar = await comes("oscar");
    await about(ann, "oscar", "Until it is lifted", "take a walk");
    await sure(ann, "Remove", "Really remove?");
    await oscar.page.getByText("An admin puts you out: take a walk").waitFor();
    await oscar.page.getByRole("button", { name: "Join" }).waitFor();
  });

  test("somebody is silenced for an hour, removed, and banned; the lists have it, and lift it", async () => {
    const mallory = await comes("mallory");
    await about(ann, "mallory", "For an hour", "too loud");
    await button(ann, "Silence").click();
    await ann.page.getByText("mallory can't write in public.").waitFor();
    await button(ann, "Silenced").click();
    await ann.page.getByText(/^until .* · by ann · too loud$/).waitFor();
    await button(ann, "Lift: mallory").click();
    await ann.page.getByText("Nobody.").waitFor();

    await button(ann, "Logins").click();
    await ann.page.getByText("Where mallory is logged in").waitFor();
    await ann.page.getByText("Somewhere else, now").waitFor();

    await button(ann, "Banned").click();
    await sure(ann, "Ban", "Really ban?");
    await mallory.page.getByText(/you are banned from this server until .*: too loud/i).waitFor();
    await ann.page.getByText("mallory is banned.").waitFor();
    await button(ann, "Lift: mallory").click();
    await ann.page.getByText("mallory can come in again.").waitFor();
    await ann.page.getByText("Nobody.").waitFor();

    await about(ann, "203.0.113.7", "Until it is lifted", "");
    await sure(ann, "Ban the address", "Really ban?");
    await button(ann, "Lift: 203.0.113.7").waitFor();

    await button(ann, "Done").click();
    await ann.page.getByText("everyone, 203.0.113.7").waitFor();
    await button(ann, "Now").click();
    await ann.page.getByText("messages per minute").waitFor();
    expect(ann.harm()).toEqual([]);
  });

  test("what can't be done is said with the way out, and an admin is made", async () => {
    await about(ann, "nobody-there", "For a day", "");
    await button(ann, "Silence").click();
    await ann.page
      .getByText(/^Nobody has this name/)
      .first()
      .waitFor();
    const carol = await comes("carol");
    await about(ann, "carol", "Until it is lifted", "");
    await sure(ann, "Make admin", "Really an admin?");
    await ann.page.getByText("carol is now: admin.").waitFor();
    await carol.page.reload();
    await carol.field.waitFor();
    await opensHouse(carol);
  });
});
