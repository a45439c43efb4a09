// Fault 14: the link is lost when the message has its place and the ack is on its way. Whoever says it
// again with its nonce gets the ack of that place, marked as a duplicate, and all others hear it once.

import { between, chanceOf } from "../../support/chance.ts";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { startServer } from "../load/server.ts";
import type { Link } from "../proxy/link.ts";
import { Lines } from "./lines.ts";

const senders = 20;
const lostAcks = { short: 100, long: 2_000 };

export const lostAck: Fault = {
  number: 14,
  name: "the ack is lost right after the commit",
  seconds: 4,
  async run(seed, size) {
    const chance = chanceOf(seed);
    const lost: { readonly name: string; readonly message: string }[] = [];
    let isOver = false;
    await using server = await startServer({ flags: ["--limits", "off"] });
    await using lines = new Lines(server.port, (name, link) => {
      if (!isOver) loseAck(name, link, between(chance, 1, 5));
    });
    /** Lets nothing back from the nth message on, and breaks the link as soon as others have heard it. */
    function loseAck(name: string, link: Link, nth: number): void {
      link.up.at({ frame: nth, edge: "after" }, () => {
        link.down.stops();
        const message = `${name} ${acked(name).length}`;
        lost.push({ name, message });
        void reader?.hears(message).finally(() => link.breaks());
      });
    }
    const names = Array.from({ length: senders }, (_, index) => `sender${index}`);
    await lines.open(names);
    await using load = new Load(server, {
      senders,
      url: (name) => (name.startsWith("sender") ? lines.url(name) : server.url),
    });
    const [reader] = load.readers;
    const acked = (name: string) => load.senders.find((each) => each.name === name)?.acked ?? [];
    await load.acks(1);
    load.faultBegins();
    while (lost.length < lostAcks[size]) await load.acks(1);
    isOver = true;
    load.faultEnds();
    for (const name of names) lines.of(name).breaks();
    await load.acks(100);
    const findings = await load.findings({ injected: `${lost.length} acks lost` });
    const unmarked = lost.filter(
      ({ name, message }) => acked(name).find((ack) => ack.message === message)?.duplicate !== true,
    );
    return {
      ...findings,
      broken: [
        ...findings.broken,
        ...(unmarked.length === 0 ? [] : [`${unmarked.length} acks were not marked as duplicates`]),
      ],
    };
  },
};
