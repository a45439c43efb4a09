// The deeds that a hub gives back. They take effect per connection in the order given: a topic's
// frames go out before anyone joins or leaves it, and a `send` never overtakes an earlier `publish`.
// A shell may write many at once; it may not reorder. Deeds for a connection that is gone do nothing.

import type { GateCall } from "../ports/gate.js";
import type { StoreCall } from "../ports/store.js";
import type { Closing } from "../tables/closings.js";
import type { AskId, ConnectionId, Topic } from "../words/ids.js";
import type { Outcome } from "./house/orderer.js";

export type Effect =
  | { readonly type: "send"; readonly connection: ConnectionId; readonly frame: string }
  /** The same frames, in this order, to each of these. */
  | {
      readonly type: "share";
      readonly connections: readonly ConnectionId[];
      readonly frames: readonly string[];
    }
  | { readonly type: "subscribe" | "unsubscribe"; readonly connection: ConnectionId; readonly topic: Topic }
  /** To all in the topic but `except`. */
  | {
      readonly type: "publish";
      readonly topic: Topic;
      readonly frame: string;
      readonly except: ConnectionId | undefined;
    }
  /** Whatever was sent before goes out first. No fact but `closed` is wanted after it. */
  | { readonly type: "close"; readonly connection: ConnectionId; readonly closing: Closing }
  /** Not to be read for so long; a later one replaces an earlier, 0 = read again now. */
  | { readonly type: "pause"; readonly connection: ConnectionId; readonly ms: number }
  /** A WebSocket ping, behind everything sent before; the fact `pinged` follows at once. */
  | { readonly type: "ping"; readonly connection: ConnectionId }
  /** For the gate (`isGateCall`), or else for the store. */
  | { readonly type: "ask"; readonly ask: AskId; readonly call: StoreCall | GateCall }
  /** What became of an order that came from the shell. */
  | { readonly type: "report"; readonly order: number; readonly outcome: Outcome };
