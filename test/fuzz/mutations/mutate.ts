// A valid session becomes another: so many mutations, each on one of the levels of the wire. The same
// session, chance and pool give the same moves.

import type { Chance } from "../../support/chance.ts";
import { between, oneOf } from "../../support/chance.ts";
import type { Move, Say } from "../session.ts";
import { say } from "../session.ts";
import { mutateFrame } from "./frames.ts";
import { mutateJson } from "./json.ts";
import { mutateOpening } from "./opening.ts";
import type { Pool } from "./pool.ts";
import { reshape } from "./shape.ts";
import { mutateText } from "./text.ts";

/** The moves after `count` mutations. */
export function mutate(session: readonly Move[], count: number, chance: Chance, pool: Pool): readonly Move[] {
  const moves = [...session];
  for (let done = 0; done < count; done += 1) mutateOnce(moves, chance, pool);
  return moves;
}

function mutateOnce(moves: Move[], chance: Chance, pool: Pool): void {
  const level = chance();
  if (level < 0.08) return reshape(moves, chance);
  if (level < 0.14) return openOddly(moves, chance, pool);
  const said = moves.flatMap((move, index) => (move.type === "say" ? [index] : []));
  const at = oneOf(chance, said);
  if (at === undefined) return reshape(moves, chance);
  const valid = moves[at] as Say;
  if (level < 0.22) return frameOddly(moves, at, valid, chance);
  const mutated =
    (level < 0.72 ? mutateJson(valid.text, chance, pool) : undefined) ?? mutateText(valid.text, chance, pool);
  // Mostly beside the valid one: the session goes on, and has more to be wrong about.
  const place = chance();
  if (place < 0.7) moves.splice(place < 0.2 ? at : at + 1, 0, say(valid.who, mutated));
  else moves[at] = say(valid.who, mutated);
}

/** What breaks a connection ends it: its owner mostly comes back. */
function frameOddly(moves: Move[], at: number, valid: Say, chance: Chance): void {
  const { pieces, odd } = mutateFrame(valid.text, chance);
  const opened = moves.slice(0, at).findLast((move) => move.type === "open" && move.who === valid.who);
  const back = odd && opened !== undefined && chance() < 0.7 ? [opened] : [];
  moves.splice(at, odd ? 0 : 1, { type: "put", who: valid.who, pieces, odd }, ...back);
}

function openOddly(moves: Move[], chance: Chance, pool: Pool): void {
  const opens = moves.flatMap((move, index) => (move.type === "open" ? [index] : []));
  const at = oneOf(chance, opens);
  const open = at === undefined ? undefined : moves[at];
  if (at === undefined || open?.type !== "open") return;
  const odd = mutateOpening(open, chance, pool);
  // As somebody beside the one it is made of, or in their place.
  if (chance() < 0.7) moves.splice(between(chance, at, moves.length), 0, { ...odd, who: `${odd.who}'` });
  else moves[at] = odd;
}
