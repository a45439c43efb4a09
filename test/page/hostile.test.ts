// Whatever people write is shown, and is nothing but text.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noChromium, openChromium } from "./chromium.js";
import { corpus } from "./corpus.js";
import { Raw } from "./raw.js";
import { Served } from "./served.js";
import { Visitor } from "./visitor.js";

/** What the page is made of. */
const elements = (visitor: Visitor): Promise<string[]> =>
  visitor.page.evaluate(() => {
    const kinds = new Set<string>();
    for (const element of document.querySelectorAll("*")) {
      kinds.add(element.localName);
      // Whatever is more than what the page itself writes there.
      for (const { name } of element.attributes)
        if (/^on|^style$|^srcdoc$/.test(name)) kinds.add(`[${name}]`);
    }
    return [...kinds].sort();
  });

describe.skipIf(noChromium)("hostile texts", { timeout: 30_000 }, () => {
  let browser: Browser;
  let served: Served;
  let reader: Visitor;
  let writer: Raw;
  let harmless: readonly string[];

  beforeAll(async () => {
    [browser, served] = await Promise.all([openChromium(), Served.start("--limits", "off")]);
    reader = await Visitor.come(browser, served.url);
    await reader.enter("reader");
    writer = await Raw.connect(served.socketUrl, "writer");
    await reader.entry("writer").waitFor();
    await reader.turnsTo("writer");
    const empty = await elements(reader);
    await reader.turnsTo("Everyone");
    await writer.toAllInTurn(["a line", "https://example.org/", "🎉"]);
    await reader.says("mine");
    await reader.line("mine").getByRole("img", { name: "Sent" }).waitFor();
    harmless = [...empty, ...(await elements(reader))];
  });
  const strange = async (): Promise<string[]> =>
    (await elements(reader)).filter((kind) => !harmless.includes(kind));
  afterAll(async () => {
    writer?.leave();
    await browser?.close();
    await served?.end();
  });

  test("a corpus of them is inert: no dialog, no policy report, no window, no element that was not there", async () => {
    for (let at = 0; at < corpus.length; at += 40) {
      const part = corpus.slice(at, at + 40);
      const end = `end of the part at ${at}`;
      await writer.toAllInTurn([...part, end]);
      await reader.line(end).waitFor();
      expect((await reader.texts()).slice(-part.length - 1)).toEqual([...part, end]);
      expect(await strange()).toEqual([]);
      // Nothing makes the page wider than it is, and the composer stays where it is.
      const overflow = await reader.log.evaluate((log) => log.scrollWidth - log.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await expect.poll(() => reader.field.isVisible()).toBe(true);
    }
    expect(corpus.length).toBeGreaterThanOrEqual(200);
    expect(reader.harm()).toEqual([]);
  });

  test("topics, statuses, names of rooms in the address and what a search shows are inert too", async () => {
    const { page } = reader;
    writer.ask("create_room", { conversation: "#corpus", topic: "at first" });
    await writer.hears("member_joined");
    await reader.joins("#corpus");
    await page.getByRole("button", { name: "Members and details" }).click();
    const short = corpus.filter((text) => [...text].length <= 100 && text.trim() !== "");
    const asTopics = [...short.slice(0, 60), "the last topic"];
    for (const topic of asTopics) {
      const before = writer.frames.length;
      writer.ask("set_topic", { conversation: "#corpus", topic }, 1);
      writer.ask("set_status", { text: topic }, 2);
      await writer.hears("ack", before);
    }
    await expect.poll(() => reader.note.textContent()).toBe("the last topic");
    await reader.entry("writer").getByText("the last topic").first().waitFor();
    // All of them, one by one: in the log, as what happened in the room. It is opened when the last is in.
    await reader.log.getByText("61 other changes").waitFor();
    await reader.log.getByRole("button", { name: "Show" }).click();
    await expect.poll(() => reader.log.textContent()).toContain("the last topic");
    for (const topic of short.slice(0, 60)) expect(await reader.log.textContent()).toContain(topic.trim());
    await writer.inTurn(
      "#corpus",
      short.map((text) => `xyzzy ${text}`),
    );
    await page.keyboard.press("Control+Shift+F");
    await page.getByRole("searchbox").fill("xyzzy in:#corpus");
    await page.getByRole("searchbox").press("Enter");
    const found = page.getByRole("region", { name: "Search" });
    for (let more = 0; more < 4; more += 1) {
      await expect.poll(() => found.locator("mark").count()).toBeGreaterThanOrEqual(20 * (more + 1));
      await found.getByRole("button", { name: "More", exact: true }).click();
    }
    await expect.poll(() => found.locator("mark").count()).toBeGreaterThanOrEqual(100);
    expect(await found.locator("mark").allTextContents()).toEqual(expect.arrayContaining(["xyzzy"]));
    const made = await strange();
    const ours = [
      "input",
      "dialog",
      "footer",
      "fieldset",
      "datalist",
      "option",
      "section",
      "mark",
      "label",
      "legend",
    ];
    expect(made.filter((kind) => !ours.includes(kind))).toEqual([]);
    expect(await found.locator(".hit-text *:not(mark)").count()).toBe(0);
    await page.getByRole("button", { name: "Close: Search" }).click();
    await reader.turnsTo("Everyone");
    expect(reader.harm()).toEqual([]);
  });

  test("the only links are http and https, as they are written, and they tell the other side nothing", async () => {
    const links = await reader.log.getByRole("link").evaluateAll((all) =>
      all.map((link) => ({
        same: link.textContent === link.getAttribute("href"),
        scheme: new URL((link as HTMLAnchorElement).href).protocol,
        rel: link.getAttribute("rel"),
      })),
    );
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      expect(link).toMatchObject({ same: true, rel: "noopener noreferrer nofollow" });
      expect(["http:", "https:"]).toContain(link.scheme);
    }
  });

  test("marks stacked by the thousand stay inside their line", async () => {
    await writer.toAllInTurn(["above", `a${"\u0301".repeat(9_999)}`, "below"]);
    await reader.line("below").waitFor();
    const bubbles = reader.log.locator(".bubble");
    const [clip, box] = await bubbles.nth(-2).evaluate((bubble) => {
      const { height } = bubble.getBoundingClientRect();
      return [getComputedStyle(bubble).overflow, height];
    });
    expect(clip).toBe("clip");
    expect(box).toBeLessThan(200);
  });

  test("what is hostile in the composer and in a private conversation is inert too", async () => {
    const bait = "<img src=x onerror=alert(1)>";
    writer.to("reader", bait);
    await reader.entry("writer").getByText("1").waitFor();
    await reader.turnsTo("writer");
    await reader.line(bait).waitFor();
    await reader.says(bait);
    await expect.poll(() => reader.texts()).toEqual([bait, bait]);
    await reader.page.goto(`${served.url}/#@${encodeURIComponent(bait)}`);
    await reader.page.reload();
    await reader.field.waitFor();
    await reader.finds("<svg onload=alert(1)>");
    await reader.page.getByRole("heading", { level: 1, name: "<svg onload=alert(1)>" }).waitFor();
    expect(await strange()).toEqual([]);
    expect(reader.harm()).toEqual([]);
  });

  test("what an admin announces, why nobody can write, and why somebody is put out is inert too", async () => {
    served.orders("admin", "grant", "writer");
    const texts = [...new Set([...corpus.slice(0, 40), ...corpus.slice(-20)])];
    for (const text of texts) {
      const before = writer.frames.length;
      writer.ask("announce", { message: text }, 1);
      await writer.hears("ack", before);
      const reason = [...text].slice(0, 200).join("");
      writer.ask("read_only", { on: true, reason }, 2);
    }
    writer.ask("announce", { message: "the last of all" });
    await reader.page.getByText("writer announces: the last of all").waitFor();
    writer.ask("read_only", { on: true, reason: "<img src=x onerror=alert(1)>" });
    await reader.page.getByText("<img src=x onerror=alert(1)>").first().waitFor();
    expect((await strange()).filter((kind) => kind === "img" || kind.startsWith("["))).toEqual([]);
    expect(reader.harm()).toEqual([]);
    writer.ask("read_only", { on: false });

    const guest = await Visitor.come(browser, served.url);
    await guest.enter("guest");
    const before = writer.frames.length;
    const reason = "<svg onload=alert(1)> \u202e and more";
    writer.ask("ban", { conversation: "everyone", username: "guest", reason }, 3);
    await writer.hears("ack", before);
    await guest.page.getByText("<svg onload=alert(1)>").first().waitFor();
    expect(await guest.page.locator("svg[onload]").count()).toBe(0);
    expect(guest.harm()).toEqual([]);
  });
});
