// Without a mouse, and on a phone.

import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { noChromium, openChromium } from "./chromium.js";
import { Raw } from "./raw.js";
import { Served } from "./served.js";
import { Visitor } from "./visitor.js";

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** What has the keyboard, as it is called. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
  });

describe.skipIf(noChromium)("hands", { timeout: 30_000 }, () => {
  let browser: Browser;
  let served: Served;
  let bob: Raw;
  let visitor: Visitor | undefined;

  beforeAll(async () => {
    [browser, served] = await Promise.all([openChromium(), Served.start()]);
    bob = await Raw.connect(served.socketUrl, "bob");
  });
  afterAll(async () => {
    bob?.leave();
    await browser?.close();
    await served?.end();
  });
  afterEach(async () => {
    expect(visitor?.harm()).toEqual([]);
    await visitor?.leave();
    visitor = undefined;
  });

  test("everything can be done by keyboard alone", async () => {
    visitor = await Visitor.come(browser, served.url);
    const { page } = visitor;
    const { keyboard } = page;
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("name");
    await keyboard.type("keys");
    await keyboard.press("Enter");
    await expect.poll(() => focused(page)).toBe("Message to everyone");
    await keyboard.type("one");
    await keyboard.press("Shift+Enter");
    await keyboard.type("two");
    await keyboard.press("Enter");
    await expect.poll(() => visitor?.texts()).toEqual(["one\ntwo"]);
    await visitor.finds("bo");
    await expect.poll(() => focused(page)).toBe("Message to bob");
    await keyboard.type("by hand");
    await keyboard.press("Enter");
    await bob.hears("new_message");
    await expect.poll(() => bob.messages()).toContain("by hand");
    // Esc closes what is open, then leads back to writing.
    await keyboard.press("Control+k");
    await page.getByRole("combobox").waitFor();
    await keyboard.press("Escape");
    await expect.poll(() => page.getByRole("combobox").count()).toBe(0);
    await keyboard.press("Shift+Tab");
    await expect.poll(() => focused(page)).toBe("Messages with bob");
    await keyboard.press("Escape");
    await expect.poll(() => focused(page)).toBe("Message to bob");
  });

  test("the arrows choose in the box of Ctrl+K", async () => {
    visitor = await Visitor.come(browser, served.url);
    await visitor.enter("arrows");
    await visitor.entry("bob").waitFor();
    const { page } = visitor;
    await page.keyboard.press("Control+k");
    await page.getByRole("option", { name: "Everyone", selected: true }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { selected: true }).filter({ hasNotText: "Everyone" }).waitFor();
    await page.keyboard.press("ArrowUp");
    await page.getByRole("option", { name: "Everyone", selected: true }).waitFor();
    await page.keyboard.press("ArrowUp");
    const last = page.getByRole("option").last();
    await expect.poll(() => last.getAttribute("aria-selected")).toBe("true");
    const name = (await last.locator("bdi").textContent()) ?? "";
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name }).waitFor();
  });

  test("Tab goes through the page in the order of reading, and what has the keyboard is seen", async () => {
    visitor = await Visitor.come(browser, served.url);
    await visitor.enter("tabs");
    await visitor.entry("bob").waitFor();
    await visitor.field.fill("something");
    const { page } = visitor;
    await visitor.entry("Everyone").getByRole("button").focus();
    const order: string[] = [];
    // Who else is here, from the tests before, stands between bob and the foot of the list.
    for (let step = 0; order.at(-1) !== "Send to All"; step += 1) {
      if (step > 30) throw new Error(`no end to it: ${order.join(", ")}`);
      if (step > 0) await page.keyboard.press("Tab");
      order.push(await focused(page));
      const seen = await page.evaluate(() => {
        const element = document.activeElement;
        const form = element?.closest("form");
        const outlined = element !== null && getComputedStyle(element).outlineStyle !== "none";
        return (
          outlined || (form !== null && form !== undefined && getComputedStyle(form).boxShadow !== "none")
        );
      });
      expect(seen, order.at(-1)).toBe(true);
    }
    expect(order.filter((name) => !/, online$/.test(name) || name.includes("bob"))).toEqual([
      expect.stringContaining("Everyone"),
      "Find or make a room",
      expect.stringContaining("bob"),
      "tabs: status and settings",
      "Leave",
      "Find a person or a conversation",
      "Search messages",
      "Details",
      "Messages to everyone",
      "Message to everyone",
      expect.stringContaining("To"),
      "Send to All",
    ]);
  });

  test("Enter that ends a composition sends nothing", async () => {
    visitor = await Visitor.come(browser, served.url);
    await visitor.enter("ime");
    const { page } = visitor;
    const before = await visitor.texts();
    const session = await visitor.context.newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
    await page.keyboard.press("Enter");
    await visitor.field.evaluate((field) =>
      field.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }),
      ),
    );
    await page.waitForTimeout(200);
    expect(await visitor.texts()).toEqual(before);
    await visitor.field.fill("日本");
    await page.keyboard.press("Enter");
    await visitor.line("日本").waitFor();
  });

  test("on a phone the log has the screen, the people come as a drawer, and everything is big enough", async () => {
    visitor = await Visitor.come(browser, served.url, phone);
    await visitor.enter("mira");
    const { page } = visitor;
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const people = page.getByRole("button", { name: /^People and conversations/ });
    expect(await page.getByRole("navigation").isVisible()).toBe(false);
    bob.to("mira", "psst");
    await page.getByRole("button", { name: "People and conversations, 1 unread" }).waitFor();
    await people.tap();
    await visitor.entry("bob").getByRole("button").tap();
    await visitor.line("psst").waitFor();
    await expect.poll(() => page.getByRole("navigation").isVisible()).toBe(false);
    await visitor.field.fill("here");
    await page.getByRole("button", { name: "Send to bob" }).tap();
    await visitor.line("here").getByRole("img", { name: "Sent" }).waitFor();
    // Below 16 px a phone zooms into a field; below 40 px a finger misses.
    for (const field of await page.locator("input, textarea").all()) {
      expect(
        await field.evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize)),
      ).toBeGreaterThanOrEqual(16);
    }
    for (const button of await page.getByRole("button").all()) {
      const box = await button.boundingBox();
      expect(box?.height ?? 0, (await button.textContent()) ?? "").toBeGreaterThanOrEqual(40);
    }
    const composer = await visitor.field.boundingBox();
    expect((composer?.y ?? 0) + (composer?.height ?? 0)).toBeLessThanOrEqual(844);
    await people.tap();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("navigation").isVisible()).toBe(false);
    await expect.poll(() => focused(page)).toBe("People and conversations");
  });

  test("the way back leads to the conversation before, and the address to the one that is open", async () => {
    visitor = await Visitor.come(browser, served.url);
    await visitor.enter("walker");
    await visitor.turnsTo("bob");
    expect(visitor.page.url()).toBe(`${served.url}/#%40bob`);
    await visitor.page.goBack();
    await visitor.page.getByRole("heading", { level: 1, name: "Everyone" }).waitFor();
    await visitor.page.goForward();
    await visitor.page.getByRole("heading", { level: 1, name: "bob" }).waitFor();
  });

  test("what is half-written in one conversation waits there", async () => {
    visitor = await Visitor.come(browser, served.url);
    await visitor.enter("drafter");
    await visitor.field.fill("not yet");
    await visitor.turnsTo("bob");
    expect(await visitor.field.inputValue()).toBe("");
    await visitor.turnsTo("Everyone");
    expect(await visitor.field.inputValue()).toBe("not yet");
  });
});
