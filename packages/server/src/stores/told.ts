// How far somebody has got in a conversation, as far as somebody else is to know, in every store.

import type { Member, Reading, Seq, Status, WallMillis } from "chat-hub";

/** How far they have got, and what decides who is told. */
export interface Got {
  readonly delivered: Seq;
  readonly read: Seq;
  readonly reading: Reading;
  readonly status: Status;
  /** When others saw them last. */
  readonly seen: WallMillis;
  /** They are in the conversation. */
  readonly isIn: boolean;
}

/** How the viewer stands to them. */
export type Relation = "oneself" | "apart" | "another";

const nothing = 0 as Seq;

/** `upTo` finds the last entry that was written up to a time: nobody is seen to get anything while invisible. */
export function toldOf(
  { delivered, read, reading, status, seen, isIn }: Got,
  relation: Relation,
  upTo: (at: WallMillis) => Seq,
): Pick<Member, "delivered" | "read" | "apart"> {
  // How far they had got when they were in it is nobody's business any more.
  if (!isIn) return { delivered: nothing, read: nothing };
  if (relation === "oneself") return { delivered, read };
  if (relation === "apart") return { delivered: nothing, read: nothing, apart: true };
  const most = status === "invisible" ? upTo(seen) : delivered;
  const told = reading === "private" ? nothing : read;
  return { delivered: Math.min(delivered, most) as Seq, read: Math.min(told, most) as Seq };
}
