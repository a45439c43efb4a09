// What people choose about themselves and about each other: status, silence, blocks.

import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { noChromium, openChromium } from "./chromium.js";
import { Raw } from "./raw.js";
import { Served } from "./served.js";
import { Visitor } from "./visitor.js";

describe.skipIf(noChromium)("people and what they choose", { timeout: 30_000 }, () => {
  let browser: Browser;
  let served: Served;
  let ann: Visitor;
  let bob: Visitor;

  beforeAll(async () => {
    [browser, served] = await Promise.all([openChromium(), Served.start("--limits", "off")]);
    ann = await Visitor.come(browser, served.url);
    bob = await Visitor.come(browser, served.url);
    await ann.enter("ann");
    await bob.enter("bob");
  });
  afterAll(async () => {
    await browser?.close();
    await served?.end();
  });
  afterEach(() => expect([...ann.harm(), ...bob.harm()]).toEqual([]));

  const chooses = async (visitor: Visitor, status: string): Promise<void> => {
    await visitor.page.getByRole("button", { name: /status and settings/ }).click();
    await visitor.page.getByRole("radio", { name: status }).check();
    await visitor.page.getByRole("button", { name: "Close", exact: true }).click();
  };

  test("a status and what it says stand with the name wherever it is listed; the invisible look offline", async () => {
    await ann.finds("bob");
    await bob.page.getByRole("button", { name: /status and settings/ }).click();
    await bob.page.getByRole("radio", { name: "Busy" }).check();
    await bob.page.getByLabel("What you are up to").fill("writing a test");
    await bob.page.getByLabel("What you are up to").press("Enter");
    await bob.page.getByRole("button", { name: "Close", exact: true }).click();
    await ann.page.getByText("Busy · writing a test · only the two of you see this").waitFor();
    await ann.entry("bob").getByText("writing a test").waitFor();
    await chooses(bob, "Invisible");
    await expect.poll(() => ann.note.textContent()).toMatch(/^(Offline|Last seen)/);
    await ann.turnsTo("Everyone");
    await expect.poll(() => ann.note.textContent()).toBe("Only you are here");
    await chooses(bob, "Online");
    await expect.poll(() => ann.note.textContent()).toBe("2 people here");
  });

  test("a muted conversation stays quiet, until somebody is called", async () => {
    await bob.makesRoom("#Loud", "");
    await ann.joins("#Loud");
    await ann.page.getByRole("button", { name: "Members and details" }).click();
    await ann.page.getByRole("button", { name: "Mute" }).click();
    await ann.page.getByRole("button", { name: "Unmute" }).waitFor();
    await ann.page.getByRole("button", { name: "Close: Details" }).click();
    await ann.turnsTo("Everyone");
    await bob.says("nothing much");
    await bob.says("@ann but this is for you");
    await ann.entry("#Loud").getByText("1 mention").waitFor();
    expect(await ann.entry("#Loud").getByText("unread").count()).toBe(0);
    expect(await ann.page.title()).toBe("(1) Everyone · Chat");
    await ann.turnsTo("#Loud");
    await expect.poll(() => ann.page.title()).toBe("#Loud · Chat");
  });

  test("lines of whoever is blocked are folded away, nothing private comes through, and it can be undone", async () => {
    const eve = await Raw.connect(served.socketUrl, "eve");
    await ann.turnsTo("Everyone");
    eve.toAll("before the block");
    await ann.line("before the block").waitFor();
    await ann.entry("eve").waitFor();
    await ann.finds("eve");
    await ann.page.getByRole("heading", { level: 1, name: "eve", exact: true }).waitFor();
    await ann.page.getByRole("button", { name: "Details", exact: true }).click();
    await ann.page.getByRole("button", { name: "Block" }).click();
    await ann.page.getByText("Blocked: neither of you can write here").waitFor();
    await ann.says("can you hear me?");
    await ann.line("can you hear me?").getByRole("img", { name: "Not sent" }).waitFor();
    await ann.page.getByRole("button", { name: "Discard" }).click();
    eve.toAll("after the block");
    await ann.turnsTo("Everyone");
    await ann.log.getByText("2 messages hidden: blocked").waitFor();
    expect(await ann.texts()).toEqual([]);
    await ann.log.getByRole("button", { name: "Show" }).click();
    await expect.poll(() => ann.texts()).toEqual(["before the block", "after the block"]);
    await ann.page.getByRole("button", { name: /status and settings/ }).click();
    await ann.page.getByRole("button", { name: "Unblock" }).click();
    await expect.poll(() => ann.page.getByRole("button", { name: "Unblock" }).count()).toBe(0);
    await ann.page.getByRole("button", { name: "Close", exact: true }).click();
    eve.toAll("heard again");
    await ann.line("heard again").waitFor();
    eve.leave();
  });

  test("what is refused is said in words, and a line that was refused can be sent again", async () => {
    await ann.finds("later");
    await ann.says("are you there?");
    const line = ann.line("are you there?");
    await line.getByRole("img", { name: "Not sent" }).waitFor();
    expect(await line.textContent()).toContain("Nobody has this name");
    await ann.page.reload();
    await line.getByRole("img", { name: "Not sent" }).waitFor();
    const later = await Raw.connect(served.socketUrl, "later");
    await line.getByRole("button", { name: "Send again" }).click();
    await line.getByRole("img", { name: /Sent|Delivered/ }).waitFor();
    expect(await ann.texts()).toEqual(["are you there?"]);
    await later.hears("new_message");
    expect(later.messages()).toEqual(["are you there?"]);
    later.leave();
  });
});
