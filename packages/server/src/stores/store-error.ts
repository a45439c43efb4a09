/** Why a store can't be opened, copied or put back: one line for people, with the way out. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}
