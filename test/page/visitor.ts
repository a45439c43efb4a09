// A person with the page open in a browser of their own. What must never happen to anybody (a dialog, another window,
// a report of the content security policy, an error of the page) is noted and can be asked for.

import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";

export interface SeenLine {
  readonly from: string;
  readonly text: string;
  readonly mark: string | undefined;
}

/** Longer than anything here takes, shorter than a test: so that what was waited for is named. */
const patienceMs = 8_000;

export class Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #harm: string[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  static async come(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: "en-GB",
      timezoneId: "Europe/Paris",
      ...options,
    });
    context.setDefaultTimeout(patienceMs);
    const page = await context.newPage();
    const visitor = new Visitor(context, page);
    await visitor.#watch();
    await page.goto(url);
    return visitor;
  }

  /** Another tab of the same browser. */
  async tab(): Promise<Visitor> {
    const page = await this.context.newPage();
    await page.goto(this.page.url());
    return new Visitor(this.context, page);
  }

  async enter(name: string): Promise<void> {
    await this.nameField.fill(name);
    await this.page.keyboard.press("Enter");
    await this.field.waitFor();
    await this.log.getByText("Loading …").waitFor({ state: "hidden" });
  }

  /** By hand: letters, then Enter. */
  async says(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  async turnsTo(name: string): Promise<void> {
    await this.entry(name).click();
    await this.page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  }

  /** By keyboard alone. */
  async finds(letters: string): Promise<void> {
    await this.page.keyboard.press("Control+k");
    await this.page.getByRole("combobox").waitFor();
    await this.page.keyboard.type(letters);
    await this.page.keyboard.press("Enter");
  }

  async makesRoom(room: string, topic: string, visibility: "public" | "private" = "public"): Promise<void> {
    await this.page.getByRole("button", { name: "Find or make a room" }).click();
    await this.page.getByRole("button", { name: "Make a room", exact: true }).click();
    await this.page.getByLabel("Name", { exact: true }).fill(room);
    await this.page.getByPlaceholder("What is it about?").fill(topic);
    if (visibility === "private") await this.page.getByLabel(/^Private/).check();
    await this.page.getByRole("button", { name: "Make the room" }).click();
    await this.page.getByRole("heading", { level: 1, name: room }).waitFor();
  }

  async joins(room: string): Promise<void> {
    await this.page.getByRole("button", { name: "Find or make a room" }).click();
    await this.page
      .getByRole("listitem")
      .filter({ has: this.page.getByText(room, { exact: true }) })
      .getByRole("button", { name: "Join" })
      .click();
    await this.page.getByRole("heading", { level: 1, name: room }).waitFor();
    await this.field.waitFor();
  }

  /** Opens what can be done with a message. */
  async opens(text: string): Promise<void> {
    await this.line(text).hover();
    await this.line(text).getByRole("button", { name: "What to do with this message" }).click();
  }

  async inView(text: string): Promise<boolean> {
    const box = await this.line(text).boundingBox();
    const log = await this.log.boundingBox();
    return box !== null && log !== null && box.y >= log.y && box.y + box.height <= log.y + log.height;
  }

  get nameField(): Locator {
    return this.page.getByLabel("Your name");
  }

  get field(): Locator {
    return this.page.getByRole("textbox", { name: /^Message (to|in)/ });
  }

  get log(): Locator {
    return this.page.getByRole("log", { name: /^Messages/ });
  }

  /** What stands under the name of the open conversation. */
  get note(): Locator {
    return this.page.locator(".talk-top p");
  }

  get banner(): Locator {
    return this.page.getByText("No connection.");
  }

  /** Asks for the connection at once; the page may be quicker, and then there is nothing to press any more. */
  async triesNow(): Promise<void> {
    const button = this.page.getByRole("button", { name: "Try now" });
    await Promise.race([button.click().catch(() => {}), this.banner.waitFor({ state: "detached" })]);
  }

  entry(name: string): Locator {
    return this.page
      .getByRole("navigation")
      .locator("li", { has: this.page.getByText(name, { exact: true }) });
  }

  line(text: string): Locator {
    return this.log.getByRole("article").filter({ has: this.page.getByText(text, { exact: true }) });
  }

  lines(): Promise<SeenLine[]> {
    return this.log.getByRole("article").evaluateAll((articles) =>
      articles.map((article) => ({
        from: article.querySelector("bdi")?.textContent ?? "",
        text: article.querySelector(".said")?.textContent ?? "",
        mark: article.querySelector("[role=img]")?.getAttribute("aria-label") ?? undefined,
      })),
    );
  }

  async texts(): Promise<string[]> {
    return (await this.lines()).map(({ text }) => text);
  }

  /** What must never happen, and did. */
  harm(): readonly string[] {
    return this.#harm;
  }

  async leave(): Promise<void> {
    await this.context.close();
  }

  async #watch(): Promise<void> {
    const note = (what: string): void => void this.#harm.push(what);
    await this.context.exposeFunction("noteHarm", note);
    await this.context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        (globalThis as unknown as { noteHarm: (what: string) => void }).noteHarm(
          `policy: ${event.violatedDirective} ${event.blockedURI}`,
        );
      });
    });
    this.page.on("pageerror", (error) => note(`error: ${error.message}`));
    this.page.on("dialog", (dialog) => {
      note(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    this.page.on("console", (message) => {
      if (/content security policy|trusted/i.test(message.text())) note(`console: ${message.text()}`);
    });
    this.context.on("page", (opened) => note(`window: ${opened.url()}`));
  }
}
