// What people show to be let in, in the log: which of it was refused, and from where, so that guessing can be seen.
// Never what was shown, nor whose it was to be: a stranger may well have typed a password where a name belongs.

import type { AskId, Gate, GateAnswer, GateCall } from "chat-hub";
import type { Journal } from "./journal.js";

type Knock = Extract<GateCall, { readonly type: "verify" | "register" | "setPassword" | "refresh" }>;

export class Shown {
  readonly #journal: Journal;
  /** What the gate has not answered. */
  readonly #asked = new Map<AskId, Knock>();

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** The gate, with a note of what it is asked. */
  watch(gate: Gate<AskId>): Pick<Gate<AskId>, "ask"> {
    return {
      ask: (ask, call) => {
        if (call.type !== "logins" && call.type !== "endLogin") this.#asked.set(ask, call);
        gate.ask(ask, call);
      },
    };
  }

  answered(ask: AskId, answer: GateAnswer): void {
    const call = this.#asked.get(ask);
    if (call === undefined) return;
    this.#asked.delete(ask);
    const address = "address" in call ? call.address : undefined;
    if (answer.ok) {
      if (call.type === "register") this.#journal.notes("an account is made", { address });
    } else if (answer.code === "not_let_in" || answer.code === "invite_needed") {
      this.#journal.notes("a login is refused", { why: whatOf(call), address });
    }
  }
}

/** What was not right. */
function whatOf(call: Knock): string {
  switch (call.type) {
    case "verify":
      return call.proof.kind;
    case "register":
      return "invite";
    case "setPassword":
      return "old password";
    case "refresh":
      return "token";
  }
}
