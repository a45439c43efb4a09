// Frames of the events dialect to commands: the envelope here, the payload by the table of commands.

import { isObject } from "../shapes/object.js";
import { expected, Wrong } from "../shapes/shape.js";
import { commandId } from "../shapes/words.js";
import type { CommandRow, CommandType } from "../tables/commands.js";
import { commands } from "../tables/commands.js";
import type { Limits } from "../tables/limits.js";
import { fault, ok } from "../words/result.js";
import type { BadFrame, Command, Decoded } from "./command.js";
import { badFrame, parseObject } from "./fields.js";
import type { CommandId } from "./frames.js";
import { meanings } from "./meanings.js";

const example = commands.send_message.example;

interface Known {
  readonly row: CommandRow;
  readonly meaning: (read: unknown) => Command;
}

/** By their type, which is a new string in each frame: it is looked for once. */
const known: ReadonlyMap<string, Known> = new Map(
  Object.entries(commands).map(([type, row]) => {
    // The table says of both what they are of, type by type; only the union of all types forgets it.
    return [type, { row, meaning: meanings[type as CommandType] as Known["meaning"] }];
  }),
);

export function decodeEvents(frame: string, limits: Limits): Decoded {
  if (frame.trim() === "help")
    return ok({ id: undefined, command: { type: "help" }, cost: commands.help.cost });
  const parsed = parseObject(frame, limits, example);
  if (!parsed.ok) return parsed;
  const { type, id: given, payload } = parsed.value;
  const id = given === undefined || given === null ? undefined : commandId.read(given, limits);
  if (id instanceof Wrong) return fault(badFrame(undefined, id.in("id"), example));
  if (typeof type !== "string") return fault(noType(id, type, "message" in parsed.value));
  const command = known.get(type);
  if (command === undefined) return fault(unknownType(id, type));
  return readPayload(id, type, command, payload, limits);
}

function readPayload(
  id: CommandId | undefined,
  type: string,
  { row, meaning }: Known,
  payload: unknown,
  limits: Limits,
): Decoded {
  const given = payload ?? undefined;
  if (given !== undefined && !isObject(given))
    return fault(badFrame(id, expected("an object", given).in("payload"), row.example));
  const read = row.payload.read(given ?? {}, limits);
  if (read instanceof Wrong) return fault(badFrame(id, read.in(type), row.example));
  return ok({ id, command: meaning(read), cost: row.cost });
}

function noType(id: CommandId | undefined, type: unknown, simple: boolean): BadFrame {
  if (type !== undefined) return badFrame(id, expected("a string", type).in("type"), example);
  const hint = "this is a frame of the simple dialect, which /v1/ws speaks; /ws speaks {type, payload}";
  return badFrame(id, new Wrong("malformed", " is missing", simple ? { hint } : {}, "type"), example);
}

function unknownType(id: CommandId | undefined, type: string): BadFrame {
  const message = `there is no command ${JSON.stringify(type.slice(0, 40))}`;
  const hint = `the commands are ${Object.keys(commands).join(", ")}`;
  return { id, code: "unknown_type", detail: { message, hint } };
}
