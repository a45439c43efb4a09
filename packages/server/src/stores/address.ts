// What an address means, as far as every store agrees.

import type { Address, Place } from "chat-hub";

export type PrivateAddress = Extract<Address, { readonly kind: "private" }>;

/** Whether `address` is a name of `place`, also if somebody else has that name now. */
export function isNameOf(address: Address, { peer, room }: Place): boolean {
  if (address.kind === "everyone") return peer === undefined && room === undefined;
  if (address.kind === "room") return address.key === room?.key;
  if (peer === undefined) return false;
  return address.key === peer.key && (address.holder === undefined || address.holder === peer.holder);
}
