// Plays the moves of a session, one after another: before somebody else's turn, what was said is dealt
// with. So the same moves come to the server in the same order each time.

import type { Move } from "./session.ts";
import type { Wiring } from "./wire.ts";
import { Wire } from "./wire.ts";

/** The first thing that may not be; nothing if all was as it may be. */
export async function play(moves: readonly Move[], wiring: Wiring): Promise<string | undefined> {
  const opened: Wire[] = [];
  const wires = new Map<string, Wire>();
  let speaking: Wire | undefined;
  for (const move of moves) {
    const wire = wires.get(move.who);
    if (speaking !== undefined && speaking !== wire) await speaking.settled();
    speaking = wire;
    if (move.type === "open") {
      const next = new Wire(wiring, move.head, move.odd);
      opened.push(next);
      wires.set(move.who, next);
      await next.opened();
    } else if (wire !== undefined) {
      if (move.type === "say") wire.says(move.text);
      else if (move.type === "put") wire.puts(move.pieces, move.odd);
      else wire.leaves(move.code);
    }
    if (opened.some(({ fault }) => fault !== undefined)) break;
  }
  await Promise.all(opened.map((wire) => wire.ends()));
  return opened.find(({ fault }) => fault !== undefined)?.fault;
}
