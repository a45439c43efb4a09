// The page of the second seed, as people use it: two of them with browsers, one with a bare WebSocket.

import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { noChromium, openChromium } from "./chromium.js";
import { Raw } from "./raw.js";
import { Served } from "./served.js";
import { Visitor } from "./visitor.js";

describe.skipIf(noChromium)("people talk on the page", { timeout: 30_000 }, () => {
  let browser: Browser;
  let served: Served;
  const visitors: Visitor[] = [];
  const raws: Raw[] = [];

  beforeAll(async () => {
    [browser, served] = await Promise.all([openChromium(), Served.start()]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.end();
  });
  afterEach(async () => {
    const harm = visitors.flatMap((visitor) => visitor.harm());
    for (const visitor of visitors.splice(0)) await visitor.leave();
    for (const raw of raws.splice(0)) raw.leave();
    expect(harm).toEqual([]);
  });

  const come = async (name?: string): Promise<Visitor> => {
    const visitor = await Visitor.come(browser, served.url);
    visitors.push(visitor);
    if (name !== undefined) await visitor.enter(name);
    return visitor;
  };
  const connect = async (name: string): Promise<Raw> => {
    const raw = await Raw.connect(served.socketUrl, name);
    raws.push(raw);
    return raw;
  };

  test("Send to All reaches everyone who is here, with the page and without, in one order", async () => {
    const ahmed = await come("ahmed");
    const sara = await come("sara");
    const bare = await connect("bare");
    await ahmed.field.fill("Hello everyone!");
    await ahmed.page.getByRole("button", { name: "Send to All" }).click();
    await sara.line("Hello everyone!").waitFor();
    await sara.says("مرحبا يا أحمد 👋🏽");
    await ahmed.line("مرحبا يا أحمد 👋🏽").waitFor();
    bare.toAll("from a bare socket");
    for (const visitor of [ahmed, sara]) await visitor.line("from a bare socket").waitFor();
    const said = ["Hello everyone!", "مرحبا يا أحمد 👋🏽", "from a bare socket"];
    expect(await ahmed.texts()).toEqual(said);
    expect(await sara.texts()).toEqual(said);
    expect(bare.messages()).toEqual(said);
    expect((await ahmed.lines()).map(({ from, mark }) => [from, mark])).toEqual([
      ["You", "Sent"],
      ["sara", undefined],
      ["bare", undefined],
    ]);
  });

  test("a private message reaches the one who was chosen and nobody else", async () => {
    const nadia = await come("nadia");
    const omar = await come("omar");
    const other = await connect("other");
    await nadia.turnsTo("omar");
    await nadia.field.fill("Hey, how are you?");
    await nadia.page.getByRole("button", { name: "Send to omar" }).click();
    await omar.entry("nadia").getByText("1").waitFor();
    expect(await omar.page.title()).toBe("(1) Everyone · Chat");
    await omar.turnsTo("nadia");
    await omar.line("Hey, how are you?").waitFor();
    await expect.poll(() => omar.page.title()).toBe("nadia · Chat");
    await omar.says("Fine!");
    await nadia.line("Fine!").waitFor();
    expect(await nadia.texts()).toEqual(["Hey, how are you?", "Fine!"]);
    await nadia.turnsTo("Everyone");
    expect(await nadia.texts()).not.toContain("Fine!");
    expect(other.messages()).not.toContain("Hey, how are you?");
  });

  test("who is here stands in the list and is counted, and who goes is shown as offline", async () => {
    const vera = await come("vera");
    const yusuf = await come("yusuf");
    await vera.entry("yusuf").waitFor();
    const many = Number.parseInt((await vera.note.textContent()) ?? "", 10);
    expect(many).toBeGreaterThanOrEqual(2);
    await vera.turnsTo("yusuf");
    await vera.page.getByText("Online · only the two of you see this").waitFor();
    await vera.says("see you");
    await yusuf.entry("vera").waitFor();
    await yusuf.page.getByRole("button", { name: "Leave" }).click();
    await expect.poll(() => vera.note.textContent()).toMatch(/^Last seen .* only the two of you see this$/);
    const others = many === 2 ? "Only you are here" : `${many - 1} people here`;
    await expect.poll(() => vera.entry("Everyone").textContent()).toContain(others);
  });

  test("a name that somebody else has is refused in words, and stays free to be changed", async () => {
    await connect("taken");
    const late = await come();
    await late.nameField.fill("Taken");
    await late.page.keyboard.press("Enter");
    await late.page.getByRole("alert").getByText("Somebody else has this name").waitFor();
    expect(await late.page.getByRole("alert").textContent()).toContain("7 days");
    await late.nameField.fill("not a name");
    await late.page.keyboard.press("Enter");
    await expect.poll(() => late.page.getByRole("alert").textContent()).toContain("letters and digits");
    await late.enter("free");
  });

  test("after a reload one is still there, under the same name, with all that was said", async () => {
    const rima = await come("rima");
    const friend = await connect("friend");
    friend.toAll("to all before");
    friend.to("rima", "privately before");
    await rima.entry("friend").getByText("1").waitFor();
    await rima.says("mine before");
    await rima.line("mine before").getByRole("img", { name: "Sent" }).waitFor();
    const before = await rima.texts();
    await rima.page.reload();
    await rima.line("mine before").waitFor();
    expect(await rima.texts()).toEqual(before);
    expect((await rima.lines()).at(-1)).toMatchObject({ from: "You", mark: "Sent" });
    await rima.entry("friend").getByText("1").waitFor();
    await rima.turnsTo("friend");
    await rima.line("privately before").waitFor();
    await rima.page.reload();
    await rima.line("privately before").waitFor();
    expect(await rima.page.getByRole("heading", { level: 1 }).textContent()).toBe("friend");
  });

  test("two tabs are one person: what one sends stands in both, once", async () => {
    const twice = await come("twice");
    const second = await twice.context.newPage();
    await second.goto(served.url);
    await second.getByRole("textbox", { name: /^Message (to|in)/ }).waitFor();
    await twice.says("from the first tab");
    await twice.line("from the first tab").getByRole("img", { name: "Sent", exact: true }).waitFor();
    const there = second.getByRole("article").filter({ hasText: "from the first tab" });
    await there.waitFor();
    expect(await there.count()).toBe(1);
    expect(await there.getByRole("img", { name: "Sent" }).count()).toBe(1);
    expect(await twice.line("from the first tab").count()).toBe(1);
    expect(twice.harm()).toEqual([`window: about:blank`]);
    visitors.splice(visitors.indexOf(twice), 1);
    await twice.leave();
  });

  test("whoever leaves is asked for a name again, and another one can come", async () => {
    const gone = await come("gone");
    await gone.page.getByRole("button", { name: "Leave" }).click();
    await gone.nameField.waitFor();
    expect(await gone.nameField.inputValue()).toBe("gone");
    await gone.page.reload();
    await gone.nameField.waitFor();
    await gone.enter("another");
  });

  test("a message to a name that nobody has is refused, with the reason, and can be discarded", async () => {
    const lost = await come("lost");
    await lost.finds("nobody-at-all");
    await lost.page.getByRole("heading", { level: 1, name: "nobody-at-all" }).waitFor();
    await lost.says("anybody?");
    await lost.line("anybody?").getByRole("img", { name: "Not sent" }).waitFor();
    expect(await lost.line("anybody?").textContent()).toContain("Nobody has this name");
    await lost.page.getByRole("button", { name: "Discard" }).click();
    await expect.poll(() => lost.texts()).toEqual([]);
  });
});
