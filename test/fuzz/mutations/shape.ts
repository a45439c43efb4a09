// Mutations of the shape of a session: its moves change places, come again or not at all, a connection
// ends in the middle, comes back, comes back many times, or logs in twice.

import type { Chance } from "../../support/chance.ts";
import { between, oneOf } from "../../support/chance.ts";
import type { Move } from "../session.ts";
import { say } from "../session.ts";

type Reshape = (moves: Move[], at: number, move: Move, chance: Chance) => void;

const mutations: readonly Reshape[] = [
  function drop(moves, at) {
    moves.splice(at, 1);
  },
  function reorder(moves, at, move, chance) {
    moves.splice(at, 1);
    moves.splice(between(chance, 0, moves.length), 0, move);
  },
  function repeat(moves, at, move, chance) {
    const times = move.type === "open" ? 1 : between(chance, 1, chance() < 0.9 ? 4 : 40);
    moves.splice(at, 0, ...Array.from({ length: times }, () => move));
  },
  function breakOff(moves, at, { who }, chance) {
    const code = oneOf(chance, [undefined, undefined, 1000, 1001, 3000]);
    moves.splice(at, 0, { type: "leave", who, code });
  },
  function comeBack(moves, at, { who }, chance) {
    const opened = moves.slice(0, at).findLast((move) => move.type === "open" && move.who === who);
    if (opened === undefined) return;
    const leave: Move = { type: "leave", who, code: chance() < 0.5 ? undefined : 1000 };
    moves.splice(at, 0, leave, opened);
  },
  function storm(moves, at, { who }, chance) {
    const opened = moves.slice(0, at + 1).findLast((move) => move.type === "open" && move.who === who);
    if (opened === undefined) return;
    const again = Array.from({ length: between(chance, 2, 20) }, (): Move => ({ ...opened, who: `${who}"` }));
    moves.splice(at + 1, 0, ...again);
  },
  function logInTwice(moves, at, { who }, chance) {
    const username = chance() < 0.5 ? who : `other-${between(chance, 0, 99)}`;
    moves.splice(at, 0, say(who, { type: "login", id: "again", payload: { username } }));
  },
  function logInLater(moves, at, move) {
    if (move.type !== "open") return;
    const [, query = ""] = /\?(\S*)/.exec(move.head) ?? [];
    const username = new URLSearchParams(query).get("username");
    const silent = { ...move, head: move.head.replace(/username=[^& ]*/, "") };
    moves.splice(at, 1, silent);
    const login = say(move.who, { type: "login", payload: { username } });
    moves.splice(Math.min(moves.length, at + 3), 0, login);
  },
];

export function reshape(moves: Move[], chance: Chance): void {
  const at = between(chance, 0, moves.length - 1);
  const move = moves[at];
  if (move !== undefined) (oneOf(chance, mutations) as Reshape)(moves, at, move, chance);
}
