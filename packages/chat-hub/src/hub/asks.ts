// Questions to the store and to the gate that are open, each with what it was for.

import type { ActCommand } from "../dialects/command.js";
import type { CommandId } from "../dialects/frames.js";
import type { GateCall } from "../ports/gate.js";
import type { Choose, WhoisFound } from "../ports/people.js";
import type { StoreCall } from "../ports/store.js";
import type { AskId, NameKey, Seq } from "../words/ids.js";
import type { Address } from "../words/log.js";
import type { HouseOrder } from "../words/orders.js";
import type { AccountAsker } from "./accounts.js";
import type { Attempt } from "./attempts.js";
import type { Debt } from "./debts.js";
import type { Orderer } from "./house/orderer.js";
import type { OnWhom, Plan } from "./house/plan.js";
import type { AskedPage } from "./pages.js";
import type { Login, Wish } from "./pass.js";
import type { Asker, Question } from "./questions/asker.js";
import type { Ender, Wanted } from "./sessions.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import type { User } from "./state/user.js";

/** What is done with an answer of the store or of the gate. */
export type Pending =
  | {
      readonly type: "verify" | "register";
      readonly connection: Connection;
      readonly wish: Wish;
      readonly tried: Attempt;
    }
  | { readonly type: "refresh" | "setPassword"; readonly asker: AccountAsker }
  | { readonly type: "owner"; readonly asker: Asker; readonly wanted: Wanted }
  | { readonly type: "endSession" | "endNoted"; readonly ender: Ender }
  | { readonly type: "identify"; readonly connection: Connection; readonly login: Login }
  | { readonly type: "welcome"; readonly connection: Connection; readonly which: "unread" | "all" }
  | { readonly type: "locateNamed"; readonly connection: Connection }
  | { readonly type: "locateOthers"; readonly connection: Connection }
  | { readonly type: "replay"; readonly page: AskedPage }
  | {
      readonly type: "append";
      readonly connection: Connection;
      readonly author: User;
      readonly id: CommandId | undefined;
      readonly command: ActCommand;
    }
  | { readonly type: "question"; readonly asker: Asker; readonly question: Question }
  | {
      readonly type: "choose";
      readonly connection: Connection;
      readonly user: User;
      readonly id: CommandId | undefined;
      readonly what: Choose["what"];
    }
  | { readonly type: "moved"; readonly user: User }
  | {
      readonly type: "cursor";
      readonly connection: Connection;
      readonly id: CommandId | undefined;
      readonly of: Address;
      readonly what: "delivered" | "read";
      readonly seq: Seq;
    }
  | { readonly type: "whyNot"; readonly connection: Connection; readonly id: CommandId | undefined }
  | { readonly type: "debt"; readonly debt: Debt }
  | {
      readonly type: "ordered";
      readonly step: "whom";
      readonly orderer: Orderer;
      readonly order: HouseOrder;
      readonly key: NameKey;
    }
  | {
      readonly type: "ordered";
      readonly step: "owner";
      readonly orderer: Orderer;
      readonly order: HouseOrder;
      readonly key: NameKey;
    }
  | {
      readonly type: "ordered";
      readonly step: "account";
      readonly orderer: Orderer;
      readonly order: HouseOrder;
      readonly key: NameKey;
      /** Who has the name, or had it last. */
      readonly found: WhoisFound | undefined;
    }
  | {
      readonly type: "ordered";
      readonly step: "kept";
      readonly orderer: Orderer;
      readonly order: HouseOrder;
      readonly whom: OnWhom | undefined;
      readonly plan: Plan;
    };

export function ask(hub: HubState, call: StoreCall | GateCall, pending: Pending): void {
  const id = hub.nextAsk as AskId;
  hub.nextAsk += 1;
  hub.asks.set(id, pending);
  hub.effects.push({ type: "ask", ask: id, call });
}
