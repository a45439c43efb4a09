// All faults, in the order of their numbers: one file a fault, in the folder of what it is about.

import { kill } from "./durability/kill.ts";
import type { Fault } from "./fault.ts";
import { flapping } from "./network/flapping.ts";
import { lostAck } from "./network/lost-ack.ts";
import { pieces } from "./network/pieces.ts";
import { twoDevices } from "./network/two-devices.ts";

export const faults: readonly Fault[] = [kill, flapping, lostAck, pieces, twoDevices];
