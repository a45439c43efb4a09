// Fills a server with messages over the wire: text of one length, a rare word in few of them, and a
// reaction after each hundred, so that pages of messages have to step over something else.

import { Asker } from "./asker.js";

/** Messages that are not acked yet, at the most. */
const portion = 1_000;
const betweenReactions = 100;
/** In so many messages, spread over all of them, stands the rare word. */
const rareHits = 50;

export const rareWord = "needle";
export const commonWord = "harbour";

const words = "we meet at the harbour when the lamps are lit and somebody brings bread".split(" ");

/** The n-th of `count` messages: as long as every other, whatever n is. */
export function messageAt(n: number, count: number): string {
  const rare = n % Math.floor(count / rareHits) === 0;
  const text = Array.from({ length: 8 }, (_, index) => words[(n * 7 + index * 5) % words.length]).join(" ");
  return `${String(n).padStart(8, "0")} ${text.slice(0, 40).padEnd(40, ".")} ${rare ? rareWord : "thread"}`;
}

/** Says `count` messages to everyone; gives the seq of the newest entry. */
export async function fill(url: string, count: number): Promise<number> {
  const writer = await Asker.open(`${url}/v1/ws?username=writer&since=*:head`, '{"resumed"', '{"ack"');
  const reactor = await Asker.open(`${url}/ws?username=reactor`, '{"type":"welcome"', '{"type":"ack"');
  let head = 0;
  for (let n = 0; n < count; n += portion) {
    const last = Math.min(count, n + portion);
    for (let at = n; at < last - 1; at += 1) writer.sends(`{"message":"${messageAt(at, count)}"}`);
    head = seqIn(await writer.asks(`{"message":"${messageAt(last - 1, count)}","id":1}`));
    for (let back = 0; back < portion / betweenReactions; back += 1) {
      const payload = `{"conversation":"everyone","message_seq":${head - back - 20},"emoji":"👍"}`;
      head = Math.max(head, seqIn(await reactor.asks(`{"type":"react","id":1,"payload":${payload}}`)));
    }
  }
  writer.closes();
  reactor.closes();
  return head;
}

function seqIn(ack: string): number {
  return Number(/"seq":(\d+)/.exec(ack)?.[1]);
}
