// Scripts that keep a law, and scripts that break it: a law that can't fail proves nothing. The frames are
// literal.

import { LawBroken } from "../observed.ts";
import { everyone, Script } from "./script.ts";

/** Two people. */
export const two = (): Script => new Script().identifies(1, "alice").identifies(2, "bob");
/** They, and a connection of alice that hears everyone from its beginning on. */
export const live = (): Script => two().welcomes(10, [{ conversation: "everyone", head: 0 }]);
export const resumed = (since: string): Script =>
  two().says(2, everyone, 1, "one").says(2, everyone, 2, "two").welcomes(10, [], { since });
export const create = {
  type: "create",
  name: "dev",
  visibility: "public",
  history: "all",
  topic: "",
} as const;
export const hidden = { ...create, history: "since_join" } as const;
export const say = (message: string, more: object = {}): object => ({
  type: "send_message",
  ...more,
  payload: { message },
});
export const nonced = (message: string, nonce: string, id: number): object => ({
  type: "send_message",
  id,
  payload: { message, nonce },
});
export const nonce = "a-nonce-of-16-characters";

/** @throws if the script breaks no law, or another */
export function broken(law: string, script: () => Script): void {
  let found: unknown;
  try {
    script();
  } catch (error) {
    found = error;
  }
  if (!(found instanceof LawBroken) || found.law !== law)
    throw new Error(`the law ${law} was to break, and ${found ?? "all hold"}`);
}

/** @throws if a law is broken */
export function holds(script: () => Script): void {
  script();
}
