// By which key tokens would be judged, without a gate: for whoever looks whether all is right before it is started.

import type { Result } from "chat-hub";
import { fault, ok } from "chat-hub";
import { GateError } from "../gate-error.js";
import type { KeyChoice } from "./choice.js";
import { openKeys } from "./keys.js";

/** In a few words; or one line about what is wrong. The issuer is asked, where it publishes its keys. */
export async function keysFor(choice: KeyChoice): Promise<Result<string, string>> {
  let said = "";
  try {
    const keys = openKeys(choice, {
      warn(line) {
        said = line;
      },
    });
    const [alg = ""] = keys.algorithms;
    // There is none of this name: what counts is whether that could be found out.
    const found = await keys.keyFor({ alg, kid: "the one that the doctor asks for" });
    keys.close();
    if (!found.ok && found.fault === "unavailable") return fault(said);
    const where = choice.kind === "issuer" ? `the keys at ${choice.url}` : choice.file;
    const by = choice.kind === "issuer" ? "" : `, ${keys.algorithms.join(" ")}`;
    return ok(`${where}${by}${said === "" ? "" : ` (${said})`}`);
  } catch (error) {
    if (error instanceof GateError) return fault(error.message);
    throw error;
  }
}
