// `chat-server admin …`: keeping the house in order from the shell, whether a server runs or not.

import { defaultLimits } from "chat-hub";
import type { Command } from "commander";
import { Argument, InvalidArgumentError } from "commander";
import { asking, lastingMs, numberFrom } from "./asking.js";

const reasonHelp = "why: they are told, and so is the audit log";
const forHelp = "so long: 30m, 7d (default: for good)";
/** Lines of the audit log that are shown at once, at most, and without more. */
const auditLines = { most: 1_000, byDefault: 50 };
/** As the wire has it. */
const slowestSeconds = defaultLimits.slowModeSeconds;
const longest = lastingMs(1_000 * defaultLimits.termSeconds);

interface Said {
  readonly reason?: string;
  readonly for?: number;
  readonly address?: string | true;
  readonly lines?: number;
}

export const runAdmin = asking("admin", "Keeps the house in order. Also while the server runs.", (add) => {
  const said = (sub: Command): Said => sub.opts<Said>();
  const reason = (sub: Command): string => said(sub).reason ?? "";
  const seconds = (sub: Command): string => {
    const { for: ms } = said(sub);
    return ms === undefined ? "" : String(Math.ceil(ms / 1000));
  };
  const names = ({ args }: Command): readonly string[] => args;
  add("grant <name>", "they look after the house from now on; their name must be kept", names);
  add("revoke <name>", "they do not any more", names);
  add("announce <message>", "say something to all who are here, in the name of the house", names);
  add("kick <name>", "end their connections; they may come back", (sub) => [...sub.args, reason(sub)]).option(
    "--reason <text>",
    reasonHelp,
  );
  add("ban [name]", "keep somebody out, or an address", (sub) => [
    sub.args[0] ?? "",
    addressOf(said(sub)),
    seconds(sub),
    reason(sub),
  ])
    .option("--address [address]", "this address; without one those that they are connected from, too")
    .option("--for <duration>", forHelp, longest)
    .option("--reason <text>", reasonHelp);
  add("unban [name]", "let them in again", (sub) => [sub.args[0] ?? "", addressOf(said(sub))]).option(
    "--address <address>",
    "this address",
  );
  add("bans", "who is kept out", () => []);
  add("silence <name>", "they can't write in public", (sub) => [...sub.args, seconds(sub), reason(sub)])
    .option("--for <duration>", forHelp, longest)
    .option("--reason <text>", reasonHelp);
  add("unsilence <name>", "they can write again", names);
  add("silences", "who can't write in public", () => []);
  add("slow-mode", "so long between two messages of one person to everyone", names).addArgument(
    new Argument("<seconds>", "0: as they like").argParser(numberFrom(0, slowestSeconds)),
  );
  add("keep", "how long what is written to everyone is kept; then it is forgotten", (sub) => [
    String(keptMs(sub.args[0] ?? "") / 1_000),
  ]).addArgument(new Argument("<duration>", "such as 90d; off: as everywhere").argParser(keptMs));
  add("read-only", "nobody but admins writes, or everybody again", (sub) => [...sub.args, reason(sub)])
    .addArgument(new Argument("<state>").choices(["on", "off"]))
    .option("--reason <text>", reasonHelp);
  add(
    "end-tokens <issuer> <sub>",
    "with --auth jwt: all that this issuer has given them so far counts no more",
    names,
  );
  add("audit", "what was done in the house", (sub) => [String(said(sub).lines)]).option(
    "--lines <n>",
    `the newest so many (default: ${auditLines.byDefault})`,
    numberFrom(1, auditLines.most),
    auditLines.byDefault,
  );
  add("stats", "who is here, and what was counted", () => []);
});

/** As the wire has it. */
function keptMs(text: string): number {
  if (text === "off") return 0;
  const ms = lastingMs(1_000 * defaultLimits.retentionSeconds)(text);
  if (ms >= 60_000) return ms;
  throw new InvalidArgumentError("It is at least 1m, or off.");
}

/** `theirs`: those they are connected from. */
function addressOf({ address }: Said): string {
  return address === true ? "theirs" : (address ?? "");
}
