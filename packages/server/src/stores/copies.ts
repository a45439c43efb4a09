// Copies of a store that is kept: what belongs to whichever adapter keeps it.

export { backup } from "./sqlite/copies/backup.js";
export { exportLines } from "./sqlite/copies/export.js";
export { importLines } from "./sqlite/copies/import.js";
export { restore } from "./sqlite/copies/restore.js";
