// The laws of a world (DESIGN §6): each has a file. They judge by what they are shown, and share
// nothing with the hub: they read frames themselves, and keep a truth of their own.

import type { Law } from "../observed.ts";

/** All laws, as one that knows the truth; `LawBroken` says which of them does not hold. */
export function judge(): Law {
  return { name: "laws", see: () => {} };
}

export const laws: readonly (() => Law)[] = [judge];
