// The commands of the events dialect: what each does, an example that can be sent as it stands, the
// fields of its payload, who may send it, what it costs and what answers it. Decoders, `help`, the
// schema and PROTOCOL.md come from it.

import type { ValueOf } from "../shapes/shape.js";
import { asking } from "./commands/asking.js";
import { inHouse } from "./commands/house.js";
import { logins } from "./commands/logins.js";
import { oneself } from "./commands/oneself.js";
import { inRooms } from "./commands/rooms.js";
import type { CommandRow } from "./commands/row.js";
import { talking } from "./commands/talking.js";

export type { CommandRow } from "./commands/row.js";

export const commands = {
  ...logins,
  ...talking,
  ...asking,
  ...inRooms,
  ...oneself,
  ...inHouse,
} as const satisfies Record<string, CommandRow>;

export type CommandType = keyof typeof commands;

/** What the payload of a command gives when it was read. */
export type Given<Type extends CommandType> = ValueOf<(typeof commands)[Type]["payload"]>;
