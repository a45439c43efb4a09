// A conversation of a thousand lines: it is read from where one stopped, upwards page by page, and the page never
// holds more of it than it must.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noChromium, openChromium } from "./chromium.js";
import { Raw } from "./raw.js";
import { Served } from "./served.js";
import { Visitor } from "./visitor.js";

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);

const phone = { width: 390, height: 844 };
const sideways = { width: 844, height: 390 };
const desk = { width: 1280, height: 800 };

describe.skipIf(noChromium)("a long conversation", { timeout: 30_000 }, () => {
  let browser: Browser;
  let served: Served;
  let reader: Visitor;
  let writer: Raw;

  beforeAll(async () => {
    [browser, served] = await Promise.all([
      openChromium(),
      Served.start("--store", "memory", "--limits", "off"),
    ]);
    writer = await Raw.connect(served.socketUrl, "writer");
    await writer.toAllInTurn(numbered(1, 1_000));
    reader = await Visitor.come(browser, served.url);
    await reader.enter("reader");
  });
  afterAll(async () => {
    expect(reader?.harm()).toEqual([]);
    writer?.leave();
    await browser?.close();
    await served?.end();
  });

  const rowCount = (): Promise<number> => reader.page.locator(".rows > *").count();
  const below = (): Promise<number> =>
    reader.log.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  const scrollBy = (pixels: number): Promise<void> =>
    reader.log.evaluate((log, by) => {
      log.scrollTop += by;
    }, pixels);
  /** Where a line stands on the screen. */
  const top = (text: string): Promise<number> =>
    reader.line(text).evaluate((line) => line.getBoundingClientRect().top);
  const inView = async (text: string): Promise<boolean> => {
    const box = await reader.line(text).boundingBox();
    const log = await reader.log.boundingBox();
    return box !== null && log !== null && box.y >= log.y && box.y + box.height <= log.y + log.height;
  };

  test("it opens at its end, with only the newest lines", async () => {
    await reader.line("line 1000").waitFor();
    expect(await below()).toBeLessThanOrEqual(1);
    expect(await rowCount()).toBeLessThan(150);
  });

  test("older lines come in above without moving what is read", async () => {
    const first = (await reader.texts())[0] ?? "";
    await scrollBy(-100_000);
    await expect.poll(async () => (await reader.texts()).indexOf(first)).toBeGreaterThan(0);
    await expect.poll(() => rowCount()).toBeGreaterThan(100);
    const seen = await reader.log.evaluate((log) => {
      const { top: edge } = log.getBoundingClientRect();
      const lines = [...log.querySelectorAll("article")];
      return lines.find((line) => line.getBoundingClientRect().top >= edge)?.querySelector(".said")
        ?.textContent;
    });
    const before = await top(seen ?? "");
    const count = await rowCount();
    await scrollBy(-200);
    await expect.poll(rowCount).toBeGreaterThanOrEqual(count);
    await reader.page.waitForTimeout(300);
    expect(Math.abs((await top(seen ?? "")) - (before + 200))).toBeLessThanOrEqual(2);
  });

  test("all of it can be reached, and never are there more than 300 rows", async () => {
    const { seen, most } = await reader.log.evaluate(async (log) => {
      const seen = new Set<string>();
      let most = 0;
      const look = async (by: number): Promise<void> => {
        for (const said of log.querySelectorAll(".said")) seen.add(said.textContent ?? "");
        most = Math.max(most, log.querySelectorAll(".rows > *").length);
        log.scrollTop += by;
        await new Promise((resolve) => setTimeout(resolve, 30));
      };
      for (let step = 0; step < 200 && !seen.has("line 1"); step += 1) await look(-2_000);
      const ended = (): boolean =>
        log.scrollHeight - log.scrollTop - log.clientHeight <= 1 &&
        [...log.querySelectorAll(".said")].at(-1)?.textContent === "line 1000";
      for (let step = 0; step < 300 && !ended(); step += 1) await look(2_000);
      return { seen: [...seen], most };
    });
    expect(numbered(1, 1_000).filter((text) => !seen.includes(text))).toEqual([]);
    expect(most).toBeLessThanOrEqual(300);
    await expect.poll(() => inView("line 1000")).toBe(true);
  });

  test("close to the end it follows what comes; further up it stays, counts, and leads down", async () => {
    await expect.poll(() => inView("line 1000")).toBe(true);
    await scrollBy(-80);
    await writer.toAllInTurn(["line 1001"]);
    await expect.poll(() => inView("line 1001")).toBe(true);
    await scrollBy(-600);
    const steady = await top("line 1000");
    await writer.toAllInTurn(numbered(1_002, 1_006));
    const news = reader.page.getByRole("button", { name: "5 new messages" });
    await news.waitFor();
    expect(Math.abs((await top("line 1000")) - steady)).toBeLessThanOrEqual(2);
    expect(await reader.page.title()).toBe("(5) Everyone · Chat");
    await news.click();
    await expect.poll(() => inView("line 1006")).toBe(true);
    await expect.poll(() => reader.page.title()).toBe("Everyone · Chat");
    expect(await news.count()).toBe(0);
  });

  test("the End key leads to the end, and neither a growing composer nor a turned phone leads away from it", async () => {
    for (let step = 0; step < 12; step += 1) {
      await scrollBy(-100_000);
      await reader.page.waitForTimeout(50);
    }
    expect(await reader.texts()).not.toContain("line 1006");
    await reader.log.press("End");
    await expect.poll(() => inView("line 1006")).toBe(true);
    await reader.field.fill("one\ntwo\nthree\nfour\nfive\nsix");
    await expect.poll(below).toBeLessThanOrEqual(1);
    for (const viewport of [phone, sideways, desk]) {
      await reader.page.setViewportSize(viewport);
      await expect.poll(() => inView("line 1006")).toBe(true);
      await expect.poll(below).toBeLessThanOrEqual(1);
    }
    await reader.field.fill("");
    await expect.poll(below).toBeLessThanOrEqual(1);
  });

  test("a reload keeps the place in the log, and what is half-written", async () => {
    const upwards = async (): Promise<number> => {
      await scrollBy(-100_000);
      return (await reader.texts()).length;
    };
    await expect.poll(upwards).toBeGreaterThan(100);
    await scrollBy(1_000);
    await reader.page.waitForTimeout(300);
    const seen = async (): Promise<string | undefined | null> =>
      reader.log.evaluate((log) => {
        const { top: edge } = log.getBoundingClientRect();
        const lines = [...log.querySelectorAll("article")];
        return lines.find((line) => line.getBoundingClientRect().bottom > edge + 1)?.querySelector(".said")
          ?.textContent;
      });
    const before = await seen();
    await reader.field.fill("not yet said");
    await reader.page.reload();
    await expect.poll(() => reader.field.inputValue()).toBe("not yet said");
    await expect.poll(seen).toBe(before);
    await reader.page.waitForTimeout(300);
    expect(await seen()).toBe(before);
    await reader.field.fill("");
    await reader.page.getByRole("button", { name: "Newest messages" }).click();
    await expect.poll(() => inView("line 1006")).toBe(true);
  });

  test("one comes back to the first line that was not read, also after a reload", async () => {
    await reader.finds("writer");
    await reader.page.getByRole("heading", { level: 1, name: "writer" }).waitFor();
    await writer.toAllInTurn(numbered(2_001, 2_100));
    await reader.entry("Everyone").getByText("99+").waitFor();
    await reader.page.reload();
    await reader.entry("Everyone").getByText("99+").waitFor();
    await reader.turnsTo("Everyone");
    await expect.poll(() => inView("line 2001")).toBe(true);
    await reader.page.getByText("New", { exact: true }).waitFor();
    expect((await reader.texts()).includes("line 2100") && (await inView("line 2100"))).toBe(false);
    expect(await rowCount()).toBeLessThanOrEqual(300);
    const news = reader.page.getByRole("button", { name: /new messages/ });
    expect(await news.textContent()).toBe("100 new messages");
    await news.click();
    await expect.poll(() => inView("line 2100")).toBe(true);
    await expect.poll(() => reader.page.title()).toBe("Everyone · Chat");
  });
});
