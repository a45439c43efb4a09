// Fault 26: pages of other origins are refused with 403 before there is any session; programs that are
// no browser, and the server's own page, come in.

import { foreignOrigins } from "../../support/foreign-origins.ts";
import { reach } from "../../support/raw-connection.ts";
import { upgradeTo } from "../../support/raw-frames.ts";
import type { Fault } from "../fault.ts";
import { timesOf, whileUsersChat } from "./company.ts";

const named = "https://good.example";
const alike = [
  ...["https://good.example.evil.example", "http://good.example", "https://good.example:8443"],
  ...[
    "https://evil.example/https://good.example",
    "https://good.example@evil.example",
    "https://xgood.example",
  ],
];

export const origins: Fault = {
  number: 26,
  name: "pages of other origins, and of origins that look like one that is let in",
  seconds: 8,
  run: (_seed, size) =>
    whileUsersChat(size, ["--origin", named], async ({ port }) => {
      const foreign = [...foreignOrigins.map((origin) => origin.replace("PORT", `${port}`)), ...alike];
      const welcome = [`Origin: ${named}`, `Origin: http://localhost:${port}`, "X-No-Origin: 1"];
      const broken: string[] = [];
      const times = timesOf(size, { short: 2, long: 100 });
      for (const _ of times) {
        const refused = foreign.map((origin) => knock(port, `Origin: ${origin}`, 403, broken));
        await Promise.all([...refused, ...welcome.map((header) => knock(port, header, 101, broken))]);
      }
      const count = times.length * foreign.length;
      return {
        injected: `${count.toLocaleString("en")} upgrades of ${foreign.length} foreign origins`,
        broken,
      };
    }),
};

async function knock(port: number, header: string, status: number, broken: string[]): Promise<void> {
  const browser = await reach(port);
  browser.writes(upgradeTo("/ws", header).replace("Host: localhost\r\n", `Host: localhost:${port}\r\n`));
  const head = await browser.head();
  browser.breaks();
  if (!head.startsWith(`HTTP/1.1 ${status} `)) broken.push(`${header}: ${head.slice(0, 40)}, not ${status}`);
}
