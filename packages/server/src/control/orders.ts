// Orders to a house where nobody serves: a hub without anybody in it has them carried out, as the one of a
// server would.

import type {
  AskId,
  Fact,
  HouseOrder,
  Millis,
  Outcome,
  StoreAnswer,
  StoreCall,
  StoreFacts,
  WallMillis,
} from "chat-hub";
import { createHub, isGateCall } from "chat-hub";

type AskStore = (call: StoreCall) => Promise<StoreAnswer>;

/** Each is on disk when it is answered. */
export function ordersAtRest(facts: StoreFacts, ask: AskStore): (what: HouseOrder) => Promise<Outcome> {
  const hub = createHub({ facts });
  const waiting = new Map<number, (outcome: Outcome) => void>();
  let orders = 0;

  function feed(fact: Fact): void {
    const now = { at: Math.floor(performance.now()) as Millis, wall: Date.now() as WallMillis };
    for (const effect of hub.handle({ ...fact, ...now })) {
      if (effect.type === "report") waiting.get(effect.order)?.(effect.outcome);
      if (effect.type === "ask" && !isGateCall(effect.call)) void hear(effect.ask, ask(effect.call));
    }
  }

  async function hear(id: AskId, asked: Promise<StoreAnswer>): Promise<void> {
    feed({ type: "answered", ask: id, answer: await asked });
  }

  return (what) => {
    orders += 1;
    const order = orders;
    return new Promise((resolve) => {
      waiting.set(order, resolve);
      feed({ type: "ordered", order, what });
    });
  };
}
