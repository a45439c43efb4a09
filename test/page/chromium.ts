// The Chromium of this machine. Where there is none the tests of the page are skipped, and say so; in CI they fail.

import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";

const executablePath = "/usr/bin/chromium";
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const missing = !existsSync(executablePath);

/** True where the page can't be tested, outside of CI. In CI the launch fails instead, and with it the test. */
export const noChromium = missing && process.env["CI"] !== "true";
if (noChromium)
  process.stderr.write(`page: skipped, there is no ${executablePath} (apt-get install chromium)\n`);

export function openChromium(): Promise<Browser> {
  if (missing) throw new Error(`there is no ${executablePath}: apt-get install chromium`);
  return chromium.launch({ executablePath, args: flags });
}
