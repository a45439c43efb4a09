// Mutations of how a connection is opened: the parameters of the URL, the headers, the whole request.

import type { Chance } from "../../support/chance.ts";
import { between, oneOf } from "../../support/chance.ts";
import type { Open } from "../session.ts";
import type { Pool } from "./pool.ts";
import { oddNames } from "./pool.ts";

type Mutate = (head: string, chance: Chance, pool: Pool) => string;

/** Of the parameters: the upgrade stays good, and only the login may be refused. */
const parameters: readonly Mutate[] = [
  function username(head, chance, pool) {
    const name = chance() < 0.5 ? oneOf(chance, oddNames) : oneOf(chance, pool.names);
    return head.replace(/username=[^& ]*/, () => `username=${encodeURIComponent(name ?? "")}`);
  },
  function encoding(head, chance) {
    const wrong = ["%", "%D8", "%00", "%ff%fe", "%ED%A0%80", "+", "%2f..%2f", "%C3%A9"];
    return head.replace(/username=/, () => `username=${oneOf(chance, wrong)}`);
  },
  function token(head, chance) {
    const tokens = ["", "short", "x".repeat(128), "x".repeat(129), "another-long-secret", "%20".repeat(20)];
    return head.replace(/(&token=[^& ]*)?(?= HTTP)/, () => `&token=${oneOf(chance, tokens)}`);
  },
  function more(head, chance) {
    const wished = [
      ...[
        "since=unread",
        "since=everyone:0",
        "since=everyone:-5",
        "since=*:0",
        "since=everyone:1e9",
        "since=,,,",
      ],
      ...["since=@__proto__:1", `since=${"a:1,".repeat(900)}`, `since=${"a:1,".repeat(1_100)}`, "epoch=nope"],
      ...["rooms=dev,ops", `rooms=${"a,".repeat(30)}`, "rooms=%23%23", "receipts=1", "receipts=yes"],
      ...[
        "__proto__=1",
        "constructor=1",
        "username=other",
        "x=".padEnd(9_000, "y"),
        "&&&",
        "?",
        "=",
        "a[]=1",
      ],
    ];
    return head.replace(/(?= HTTP)/, () => `&${oneOf(chance, wished)}`);
  },
];

/** Of the request: it may be no upgrade any more. */
const requests: readonly Mutate[] = [
  (head, chance) =>
    head.replace(/^GET/, () => oneOf(chance, ["POST", "get", "HEAD", "DANCE", "OPTIONS", ""]) as string),
  (head, chance) => head.replace(/1\.1/, () => oneOf(chance, ["1.0", "2.0", "0.9", "9.9", ""]) as string),
  (head, chance) =>
    head.replace(
      / \/(v1\/)?ws/,
      () => oneOf(chance, [" /", " /WS", " //ws", " /v2/ws", " http://x/ws", " /ws/"]) as string,
    ),
  (head, chance) => {
    const lines = head.split("\r\n");
    lines.splice(between(chance, 1, 5), 1);
    return lines.join("\r\n");
  },
  (head, chance) =>
    head.replace(/Version: 13/, () => `Version: ${oneOf(chance, ["", "0", "8", "14", "13, 8", "x"])}`),
  (head, chance) =>
    head.replace(/Key: \S+/, () => `Key: ${oneOf(chance, ["", "short", "=".repeat(24), "x".repeat(999)])}`),
  (head, chance) =>
    head.replace(/\r\n\r\n$/, () => {
      const more = [
        "Origin: null",
        "Origin: http://evil.example",
        "Origin: http://localhost",
        "Content-Length: 5",
      ];
      const odd = [
        "Transfer-Encoding: chunked",
        ": x",
        "X : y",
        `X: ${"y".repeat(20_000)}`,
        "Expect: 100-continue",
      ];
      const offers = [
        "Sec-WebSocket-Protocol: chat",
        "Sec-WebSocket-Protocol: ,,",
        "Sec-WebSocket-Extensions: permessage-deflate; x",
      ];
      return `\r\n${oneOf(chance, [...more, ...odd, ...offers])}\r\n\r\n`;
    }),
  (head, chance) => head.replace(/\r\n\r\n$/, () => `\r\n${"a: 1\r\n".repeat(between(chance, 1, 400))}\r\n`),
  (head, chance) => head.slice(0, between(chance, 1, head.length - 1)),
  (head, chance) => {
    const at = between(chance, 0, head.length - 1);
    return (
      head.slice(0, at) +
      String.fromCharCode(head.charCodeAt(at) ^ (1 << between(chance, 0, 6))) +
      head.slice(at + 1)
    );
  },
];

/** A head that is longer may be refused for that: so long is what Node reads. */
const longHead = 16_000;

export function mutateOpening(open: Open, chance: Chance, pool: Pool): Open {
  const isOdd = chance() < 0.4;
  const mutate = oneOf(chance, isOdd ? requests : parameters) as Mutate;
  const head = mutate(open.head, chance, pool);
  return { ...open, head, odd: isOdd || open.odd || head.length > longHead };
}
