// All faults, in the order of their numbers: one file a fault, in the folder of what it is about.

import { clock } from "./durability/clock.ts";
import { diskFull } from "./durability/disk-full.ts";
import { endUnderLoad } from "./durability/end-under-load.ts";
import { fsync } from "./durability/fsync.ts";
import { kill } from "./durability/kill.ts";
import { killAtWork } from "./durability/kill-at-work.ts";
import { oldBackup } from "./durability/old-backup.ts";
import { overload } from "./durability/overload.ts";
import { secondServer } from "./durability/second-server.ts";
import { stopped } from "./durability/stopped.ts";
import { tornLog } from "./durability/torn-log.ts";
import type { Fault } from "./fault.ts";
import { caps } from "./hostile/caps/caps.ts";
import { messageFlood } from "./hostile/flood.ts";
import { frames } from "./hostile/frames.ts";
import { http } from "./hostile/http.ts";
import { mutations } from "./hostile/mutations.ts";
import { names } from "./hostile/names.ts";
import { origins } from "./hostile/origins.ts";
import { questionFloods } from "./hostile/questions.ts";
import { rights } from "./hostile/rights.ts";
import { sizes } from "./hostile/sizes.ts";
import { slow } from "./hostile/slow.ts";
import { hostileTexts } from "./hostile/texts.ts";
import { longBacklog } from "./network/backlog.ts";
import { crowd } from "./network/crowd.ts";
import { flapping } from "./network/flapping.ts";
import { halfOpen } from "./network/half-open.ts";
import { lostAck } from "./network/lost-ack.ts";
import { pieces } from "./network/pieces.ts";
import { stoppedReader } from "./network/stopped-reader.ts";
import { twoDevices } from "./network/two-devices.ts";

export const faults: readonly Fault[] = [
  kill,
  killAtWork,
  fsync,
  diskFull,
  tornLog,
  endUnderLoad,
  stopped,
  clock,
  overload,
  oldBackup,
  secondServer,
  halfOpen,
  flapping,
  lostAck,
  stoppedReader,
  pieces,
  crowd,
  twoDevices,
  longBacklog,
  frames,
  sizes,
  messageFlood,
  questionFloods,
  slow,
  http,
  origins,
  rights,
  names,
  hostileTexts,
  mutations,
  caps,
];
