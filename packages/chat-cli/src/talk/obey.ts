// What each command does. A command of the table that is missing here does not compile.

import { readCommand } from "../commands/read.js";
import type { Command, CommandName, CommandOf } from "../commands/table.js";
import { houseDoings } from "./do-house.js";
import { lineDoings } from "./do-lines.js";
import { loginDoings } from "./do-logins.js";
import { ownDoings } from "./do-own.js";
import { peopleDoings } from "./do-people.js";
import { readingDoings } from "./do-reading.js";
import { roomDoings } from "./do-rooms.js";
import { whereDoings } from "./do-where.js";
import type { Order } from "./state.js";
import { loudly } from "./state.js";
import type { Turn } from "./turn.js";

export type Doings = {
  readonly [Name in CommandName]: (command: CommandOf<Name>, order: Order) => Turn;
};

const doings: Doings = {
  ...whereDoings,
  ...lineDoings,
  ...readingDoings,
  ...roomDoings,
  ...houseDoings,
  ...peopleDoings,
  ...ownDoings,
  ...loginDoings,
};

/** `text` stands without its slash. */
export function obey(text: string, order: Order): Turn {
  const command = readCommand(text);
  if (!command.ok) return loudly(order, command.fault);
  // Each takes its own command; that the name and the arguments belong together is lost in the lookup.
  const doing = doings[command.value.name] as (command: Command, order: Order) => Turn;
  return doing(command.value, order);
}
