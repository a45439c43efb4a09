// The server is killed and comes back: nothing is lost, nothing is there twice, and one could go on writing.

import { createReadStream, existsSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { noChromium, openChromium } from "./chromium.js";
import { Raw } from "./raw.js";
import { Served } from "./served.js";
import { Visitor } from "./visitor.js";

const page = join(import.meta.dirname, "../../packages/server/page");
const types = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

/** The page without the chat: what a proxy gives out while the server behind it is down. */
async function servePageOnly(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const path = join(page, request.url === "/" ? "index.html" : (request.url ?? ""));
    if (!existsSync(path)) return void response.writeHead(404).end();
    const ending = (path.split(".").at(-1) ?? "") as keyof typeof types;
    response.writeHead(200, { "Content-Type": types[ending] });
    createReadStream(path).pipe(response);
  });
  server.on("upgrade", (_request, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}

describe.skipIf(noChromium)("a cut", { timeout: 60_000 }, () => {
  let browser: Browser;
  let served: Served;
  let ada: Visitor;
  let ben: Visitor;

  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    served = await Served.start();
    [ada, ben] = await Promise.all([Visitor.come(browser, served.url), Visitor.come(browser, served.url)]);
    await ada.enter("ada");
    await ben.enter("ben");
  });
  afterEach(async () => {
    const harm = [...ada.harm(), ...ben.harm()];
    await ada.leave();
    await ben.leave();
    await served.end();
    expect(harm).toEqual([]);
  });

  const sent = (visitor: Visitor, text: string): Promise<void> =>
    visitor.line(text).getByRole("img", { name: "Sent", exact: true }).waitFor({ timeout: 40_000 });

  test("lines written while the server is away wait, are sent when it is back, and everyone has them once", async () => {
    const bare = await Raw.connect(served.socketUrl, "bare");
    await ada.says("before");
    await ben.line("before").waitFor();
    await served.kill();
    await ada.says("first while away");
    await ada.line("first while away").getByRole("img", { name: "Waits for the connection" }).waitFor();
    expect(await ada.banner.count()).toBe(0);
    await ada.banner.waitFor();
    await ada.says("second while away");
    await ada.finds("ben");
    await ada.says("privately while away");
    await served.start();
    await ada.triesNow();
    await sent(ada, "privately while away");
    await expect.poll(() => ada.banner.count()).toBe(0);
    await ada.turnsTo("Everyone");
    await sent(ada, "second while away");
    const said = ["before", "first while away", "second while away"];
    expect(await ada.texts()).toEqual(said);
    await ben.line("second while away").waitFor({ timeout: 40_000 });
    expect(await ben.texts()).toEqual(said);
    await ben.turnsTo("ada");
    await expect.poll(() => ben.texts()).toEqual(["privately while away"]);
    const late = await Raw.connect(served.socketUrl, "late");
    late.ask("history", { conversation: "everyone" });
    const history = (await late.hears("history")).payload["messages"] as { message: string }[];
    expect(history.map(({ message }) => message)).toEqual(said);
    bare.leave();
    late.leave();
  });

  test("a server that is killed in the middle of a flood loses and doubles nothing", async () => {
    const lines = Array.from({ length: 60 }, (_, index) => `flood ${index}`);
    for (const [index, line] of lines.entries()) {
      await ada.says(line);
      if (index === 12 || index === 35) {
        await served.kill();
        await served.start();
      }
    }
    await sent(ada, "flood 59");
    await ben.line("flood 59").waitFor({ timeout: 40_000 });
    expect(await ada.texts()).toEqual(lines);
    expect(await ben.texts()).toEqual(lines);
    await ada.page.reload();
    await ada.line("flood 59").waitFor();
    expect(await ada.texts()).toEqual(lines);
  });

  test("unsent lines survive a reload of the page, and are sent once", async () => {
    await ada.says("before");
    await sent(ada, "before");
    await served.kill();
    await ada.says("kept 1");
    await ada.says("kept 2");
    const pageOnly = await servePageOnly(Number(new URL(served.url).port));
    await ada.page.reload();
    await ada.page.getByRole("button", { name: "Joining …" }).waitFor();
    await ada.page.getByText("The server can’t be reached").waitFor();
    pageOnly.closeAllConnections();
    await new Promise((resolve) => pageOnly.close(resolve));
    await served.start();
    await sent(ada, "kept 2");
    expect(await ada.texts()).toEqual(["before", "kept 1", "kept 2"]);
    await ben.line("kept 2").waitFor({ timeout: 40_000 });
    expect(await ben.texts()).toEqual(["before", "kept 1", "kept 2"]);
    await ada.page.reload();
    await ada.line("kept 2").waitFor();
    expect(await ada.texts()).toEqual(["before", "kept 1", "kept 2"]);
  });

  test("what others said meanwhile comes in order, after what was there", async () => {
    await ada.says("before");
    await ben.line("before").waitFor();
    await served.kill();
    await served.start();
    const quick = await Raw.connect(served.socketUrl, "quick");
    await quick.toAllInTurn(["meanwhile 1", "meanwhile 2", "meanwhile 3"]);
    await ada.line("meanwhile 3").waitFor({ timeout: 40_000 });
    await ada.says("after");
    await sent(ada, "after");
    expect(await ada.texts()).toEqual(["before", "meanwhile 1", "meanwhile 2", "meanwhile 3", "after"]);
    quick.leave();
  });

  test("a server that has forgotten everything is followed: the page shows its log and no other", async () => {
    const forgetful = await Served.start("--store", "memory");
    const eve = await Visitor.come(browser, forgetful.url);
    await eve.enter("eve");
    await eve.says("before");
    await sent(eve, "before");
    const dan = await Raw.connect(forgetful.socketUrl, "dan");
    dan.to("eve", "privately before");
    await eve.entry("dan").getByText("1").waitFor();
    await forgetful.kill();
    await eve.says("while away");
    await forgetful.start();
    await sent(eve, "while away");
    await expect.poll(() => eve.texts()).toEqual(["while away"]);
    await eve.says("after");
    await sent(eve, "after");
    expect(await eve.texts()).toEqual(["while away", "after"]);
    expect(eve.harm()).toEqual([]);
    await eve.leave();
    await forgetful.end();
  });
});
