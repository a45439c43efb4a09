// Why a store did not give somebody a name, and the way out.

import type { LooksAlike } from "../ports/people.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { Closing } from "../tables/closings.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";
import { objection } from "../words/newcomers.js";
import type { Login } from "./pass.js";
import type { HubState } from "./state/hub-state.js";

/** What refuses a name: other refusals are only for now. */
export type NameRefusal = LooksAlike | StoreRefusal<"name_taken" | "bad_name">;

export function explain(
  hub: HubState,
  { name, isUnproved }: Login,
  refusal: NameRefusal,
): { readonly code: RefusalCode; readonly detail: RefusalDetail; readonly closing: Closing } {
  const { code } = refusal;
  // Whose the name is that was said is nothing to tell to somebody who has proved another.
  if (isUnproved && code !== "unavailable" && code !== "storage_full")
    return { code: "not_let_in", detail: {}, closing: "notLetIn" };
  switch (code) {
    case "name_taken": {
      const hint =
        hub.auth === "open"
          ? `choose another name, or give the token that holds it; a name with a token is kept for ${hub.nameHold} after its last use`
          : "another account has this name: ask whoever runs the server";
      return { code, detail: { hint }, closing: "nameTaken" };
    }
    case "looks_alike": {
      const message = `this name looks like ${refusal.name}, which somebody else has`;
      return { code, detail: { message }, closing: "nameTaken" };
    }
    case "bad_name":
      return { code, detail: { message: objection(name) }, closing: "badLogin" };
    default:
      return { code, detail: { hint: "log in again later" }, closing: "tryLater" };
  }
}
