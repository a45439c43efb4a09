// A room on the page: two people with browsers do to its messages and to each other what can be done there.

import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { noChromium, openChromium } from "./chromium.js";
import { Raw } from "./raw.js";
import { Served } from "./served.js";
import { Visitor } from "./visitor.js";

describe.skipIf(noChromium)("a room on the page", { timeout: 30_000 }, () => {
  let browser: Browser;
  let served: Served;
  let ann: Visitor;
  let bob: Visitor;
  let rooms = 0;
  /** Each test has a room of its own, made by ann; bob is in it. */
  let room = "";

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

  const together = async (): Promise<void> => {
    rooms += 1;
    room = `#Room-${rooms}`;
    await ann.makesRoom(room, "what it is about");
    await bob.joins(room);
  };
  /** Opens what can be done with a message, and does it. */
  const does = async (visitor: Visitor, text: string, what: string): Promise<void> => {
    await visitor.opens(text);
    await visitor.page.getByRole("button", { name: what, exact: true }).click();
  };

  test("what one says, answers, changes, reacts to and deletes, the other sees at once", async () => {
    await together();
    await ann.says("a firt line");
    await bob.line("a firt line").waitFor();

    await ann.field.press("ArrowUp");
    await expect.poll(() => ann.field.inputValue()).toBe("a firt line");
    await ann.says("a first line");
    await bob.line("a first line").getByText("edited").waitFor();
    await expect.poll(() => ann.field.inputValue()).toBe("");

    await does(bob, "a first line", "React with 🎉");
    const chip = ann.line("a first line").getByRole("button", { name: "🎉 1" });
    await chip.waitFor();
    expect(await chip.getAttribute("aria-pressed")).toBe("false");
    await chip.click();
    await bob.line("a first line").getByRole("button", { name: "🎉 2" }).waitFor();
    const both = ann.line("a first line").getByRole("button", { name: "🎉 2" });
    await ann.field.hover();
    await both.hover();
    await expect.poll(() => both.getAttribute("title")).toMatch(/^(you and bob|bob and you)$/);
    await both.click();
    await bob.line("a first line").getByRole("button", { name: "🎉 1" }).waitFor();

    await does(bob, "a first line", "Reply");
    await bob.says("an answer");
    const answer = ann.line("an answer");
    await answer.getByRole("button", { name: "In reply to You a first line" }).waitFor();
    await ann.line("a first line").getByRole("button", { name: "1 reply" }).click();
    await ann.page.getByRole("textbox", { name: "Reply in the thread" }).fill("from the thread");
    await ann.page.getByRole("textbox", { name: "Reply in the thread" }).press("Enter");
    await bob.line("from the thread").waitFor();
    await expect
      .poll(() => ann.page.getByRole("log", { name: "Thread" }).locator(".said").allTextContents())
      .toEqual(["a first line", "an answer", "from the thread"]);
    await ann.page.getByRole("button", { name: "Close: Thread" }).click();

    await does(bob, "an answer", "Delete");
    await bob.page.getByRole("button", { name: "Press again to delete" }).click();
    await ann.log.getByText("This message was deleted").waitFor();
    expect(await ann.texts()).not.toContain("an answer");
  });

  test("what is pinned stands in a list that leads to it, and only who may pin is offered it", async () => {
    await together();
    await ann.says("to be kept in mind");
    await bob.opens("to be kept in mind");
    await expect.poll(() => bob.page.getByRole("button", { name: "Reply", exact: true }).count()).toBe(1);
    expect(await bob.page.getByRole("button", { name: "Pin", exact: true }).count()).toBe(0);
    expect(await bob.page.getByRole("button", { name: "Delete", exact: true }).count()).toBe(0);
    await bob.page.keyboard.press("Escape");
    await does(ann, "to be kept in mind", "Pin");
    await bob.line("to be kept in mind").getByRole("note", { name: "Pinned" }).waitFor();
    await bob.page.getByRole("button", { name: "Pinned messages" }).click();
    await bob.page.getByRole("region", { name: "Pinned" }).getByText("to be kept in mind").click();
    await expect.poll(() => bob.line("to be kept in mind").getAttribute("class")).toContain("lit");
    await bob.page.getByRole("button", { name: "Close: Pinned" }).click();
  });

  test("an own line is sent, then delivered, then read", async () => {
    await bob.turnsTo("Everyone");
    await ann.finds("bob");
    await ann.says("have you seen it?");
    const mark = ann.line("have you seen it?").locator(".mark");
    await expect.poll(() => mark.getAttribute("aria-label"), { timeout: 10_000 }).toBe("Delivered");
    await bob.turnsTo("ann");
    await bob.line("have you seen it?").waitFor();
    await expect.poll(() => mark.getAttribute("aria-label"), { timeout: 5_000 }).toBe("Read");
    await bob.says("yes");
    await ann.line("yes").waitFor();
  });

  test("whoever keeps their reading private is not told to have read", async () => {
    await together();
    await bob.page.getByRole("button", { name: /status and settings/ }).click();
    await bob.page.getByLabel("Keep reading private").check();
    await bob.page.getByRole("button", { name: "Close", exact: true }).click();
    await ann.says("and now?");
    await bob.line("and now?").waitFor();
    const mark = ann.line("and now?").locator(".mark");
    await expect.poll(() => mark.getAttribute("aria-label"), { timeout: 10_000 }).toBe("Delivered");
    await ann.page.waitForTimeout(1_500);
    expect(await mark.getAttribute("aria-label")).toBe("Delivered");
    await bob.page.getByRole("button", { name: /status and settings/ }).click();
    await bob.page.getByLabel("Keep reading private").uncheck();
    await bob.page.getByRole("button", { name: "Close", exact: true }).click();
  });

  test("one sees that somebody types, and that they stopped", async () => {
    await together();
    await bob.field.pressSequentially("hm");
    await ann.page.getByText("bob is typing …").waitFor();
    await bob.field.fill("");
    await expect.poll(() => ann.page.getByText("bob is typing …").count()).toBe(0);
  });

  test("a name is completed after an @, and whoever is called sees it in the list and in the text", async () => {
    await together();
    await bob.turnsTo("Everyone");
    await ann.field.pressSequentially("look, @bo");
    await ann.page.getByRole("option", { name: "bob" }).waitFor();
    await ann.field.press("Enter");
    await expect.poll(() => ann.field.inputValue()).toBe("look, @bob ");
    await ann.field.press("Enter");
    await bob.entry(room).getByText("1 mention").waitFor();
    await bob.turnsTo(room);
    const line = bob.log.getByRole("article").filter({ hasText: "look, @bob" });
    await expect.poll(() => line.getAttribute("class")).toContain("mentioned");
    expect(await line.locator(".call.mine").textContent()).toBe("@bob");
  });

  test("the topic is set by who may, and stands in the head; roles decide which buttons there are", async () => {
    await together();
    await expect.poll(() => bob.note.textContent()).toBe("what it is about");
    await bob.page.getByRole("button", { name: "Members and details" }).click();
    expect(await bob.page.getByLabel("Topic").count()).toBe(0);
    await bob.page.getByRole("list", { name: "Members" }).getByRole("button", { name: "ann" }).click();
    expect(await bob.page.getByRole("button", { name: "Remove" }).count()).toBe(0);
    await ann.page.getByRole("button", { name: "Members and details" }).click();
    await ann.page.getByLabel("Topic").fill("something else");
    await ann.page.getByLabel("Topic").press("Enter");
    await expect.poll(() => bob.note.textContent()).toBe("something else");
    await ann.page.getByRole("list", { name: "Members" }).getByRole("button", { name: "bob" }).click();
    await ann.page.getByRole("button", { name: "Make moderator" }).click();
    await bob.page.getByLabel("Topic").waitFor();
    // There have been many of these by now: they are counted, and told one by one to who wants to know.
    await bob.log.getByText("2 joined, 2 other changes").getByRole("button", { name: "Show" }).click();
    await bob.log.getByText("ann made you moderator").waitFor();
    for (const visitor of [ann, bob])
      await visitor.page.getByRole("button", { name: "Close: Details" }).click();
  });

  test("a private room is found only by who is invited; whoever is removed has it closed before them", async () => {
    rooms += 1;
    room = `#Secret-${rooms}`;
    await ann.makesRoom(room, "", "private");
    await ann.page.getByRole("button", { name: "Members and details" }).click();
    await ann.page.getByLabel("Whom to invite").fill("bob");
    await ann.page.getByLabel("Whom to invite").press("Enter");
    await ann.page.getByText("bob is invited.").waitFor();
    await bob.page.getByRole("list", { name: "Invitations" }).getByRole("button", { name: "Join" }).click();
    await bob.page.getByRole("heading", { level: 1, name: room }).waitFor();
    await bob.says("I am in");
    await ann.line("I am in").waitFor();
    await ann.page.getByRole("list", { name: "Members" }).getByRole("button", { name: "bob" }).click();
    await ann.page.getByRole("button", { name: "Remove" }).click();
    await ann.page.getByRole("button", { name: "Really remove?" }).click();
    await bob.page.getByText(`You were removed from ${room}.`).waitFor();
    await bob.page.getByRole("heading", { level: 1, name: "Everyone" }).waitFor();
    await expect.poll(() => bob.entry(room).count()).toBe(0);
    await ann.page.getByRole("button", { name: "Close: Details" }).click();
  });

  test("an archived room can be read, and nothing can be said in it", async () => {
    await together();
    await ann.page.getByRole("button", { name: "Members and details" }).click();
    await ann.page.getByLabel("Archived: nothing new can be said").check();
    await bob.page.getByText("This room is archived").waitFor();
    expect(await bob.field.count()).toBe(0);
    await ann.page.getByLabel("Archived: nothing new can be said").uncheck();
    await bob.field.waitFor();
    await ann.page.getByRole("button", { name: "Leave the room" }).click();
    await ann.page.getByRole("button", { name: "Press again to leave the room" }).click();
    await ann.page.getByRole("heading", { level: 1, name: "Everyone" }).waitFor();
    await expect.poll(() => ann.entry(room).count()).toBe(0);
  });

  test("search finds in every conversation, and leads to the place, however far up it is", async () => {
    await together();
    const raw = await Raw.connect(served.socketUrl, "raw");
    raw.ask("join_room", { conversation: room });
    await raw.hears("member_joined");
    await raw.inTurn(room, [
      "the needle is here",
      ...Array.from({ length: 400 }, (_, index) => `hay ${index}`),
    ]);
    await bob.turnsTo("Everyone");
    await bob.page.keyboard.press("Escape");
    await bob.page.keyboard.press("Control+Shift+F");
    await bob.page.getByRole("searchbox").fill("needle");
    await bob.page.getByRole("searchbox").press("Enter");
    const hit = bob.page
      .getByRole("region", { name: "Search" })
      .getByRole("button", { name: /needle is here/ });
    await hit.waitFor();
    expect(await hit.locator("mark").allTextContents()).toEqual(["needle"]);
    await hit.click();
    await bob.page.getByRole("heading", { level: 1, name: room }).waitFor();
    await bob.line("the needle is here").waitFor();
    await expect.poll(() => bob.line("the needle is here").getAttribute("class")).toContain("lit");
    expect(await bob.inView("the needle is here")).toBe(true);
    // And from there down again, over what is not here yet, to the end.
    await bob.page.getByRole("button", { name: "Close: Search" }).click();
    await bob.page.getByRole("button", { name: /new messages|Newest messages/ }).click();
    await bob.line("hay 399").waitFor();
    await expect.poll(() => bob.inView("hay 399")).toBe(true);
    raw.leave();
  });
});
