// What can be said of a store that is kept without opening it: what belongs to whichever adapter keeps it.

export { type LookedOver, lookOver } from "./sqlite/look-over.js";
