// Why a store did not give somebody a name, and the way out.

import type { LooksAlike } from "../ports/people.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { Closing } from "../tables/closings.js";
import type { RefusalDetail } from "../tables/refusals.js";
import type { Name } from "../words/names.js";
import { objection } from "../words/newcomers.js";
import type { HubState } from "./state/hub-state.js";

/** What refuses a name: other refusals are only for now. */
export type NameRefusal = LooksAlike | StoreRefusal<"name_taken" | "bad_name">;

export function explain(
  hub: HubState,
  name: Name,
  refusal: NameRefusal,
): { readonly detail: RefusalDetail; readonly closing: Closing } {
  switch (refusal.code) {
    case "name_taken": {
      const hint =
        hub.auth === "open"
          ? `choose another name, or give the token that holds it; a name with a token is kept for ${hub.nameHold} after its last use`
          : "another account has this name: ask whoever runs the server";
      return { detail: { hint }, closing: "nameTaken" };
    }
    case "looks_alike": {
      const message = `this name looks like ${refusal.name}, which somebody else has`;
      return { detail: { message }, closing: "nameTaken" };
    }
    case "bad_name":
      return { detail: { message: objection(name) }, closing: "badLogin" };
    default:
      return { detail: {}, closing: "tryLater" };
  }
}
