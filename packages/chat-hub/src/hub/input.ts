// The facts that a hub is told. Each carries the time: `at` of a clock that only goes forward, for
// deadlines, and `wall`, Unix time, for people.

import type { DialectName } from "../dialects/dialect.js";
import type { Credential, GateAnswer } from "../ports/gate.js";
import type { StoreAnswer } from "../ports/store.js";
import type { AskId, ConnectionId, Millis, WallMillis } from "../words/ids.js";
import type { HouseOrder } from "../words/orders.js";

export type Input = Fact & { readonly at: Millis; readonly wall: WallMillis };

export type Fact =
  /**
   * A socket is open. `query` = the URL's parameters, decoded; `address` is absent if it is not counted;
   * `credential` = what the headers of the upgrade showed.
   */
  | {
      readonly type: "connected";
      readonly connection: ConnectionId;
      readonly dialect: DialectName;
      readonly query: Readonly<Record<string, string>>;
      readonly address: string | undefined;
      readonly credential?: Credential | undefined;
    }
  /** A whole text frame came; `undefined` for a binary one, which is not read. */
  | { readonly type: "received"; readonly connection: ConnectionId; readonly frame: string | undefined }
  /** The socket is gone. `clean` = the peer said goodbye, by a close frame of 1000 or without a code. */
  | { readonly type: "closed"; readonly connection: ConnectionId; readonly clean: boolean }
  /** More than `congestedBytes` are queued for it, or `congestedOwnBytes`; `drained` when none are any more. */
  | { readonly type: "congested" | "drained"; readonly connection: ConnectionId }
  /** Follows each `ping` effect: are bytes queued, and did any move either way since the last one? */
  | {
      readonly type: "pinged";
      readonly connection: ConnectionId;
      readonly queued: boolean;
      readonly moved: boolean;
    }
  | { readonly type: "ponged"; readonly connection: ConnectionId }
  /** The peer has sent a WebSocket ping, which the shell answers. */
  | { readonly type: "prodded"; readonly connection: ConnectionId }
  | { readonly type: "answered"; readonly ask: AskId; readonly answer: StoreAnswer | GateAnswer }
  /** The gate says that these logins are good no more: this one of the account, or all. */
  | { readonly type: "loginEnded"; readonly account: string; readonly login: string | undefined }
  /** Somebody at the shell of the server has this done in the house; the effect `report` answers it. */
  | { readonly type: "ordered"; readonly order: number; readonly what: HouseOrder }
  /** `deadline()` has come. */
  | { readonly type: "elapsed" }
  /** The process was asked to end: nothing new is obeyed. Then the store is closed, answering what it was asked. */
  | { readonly type: "stopping" }
  /** The store has answered everything: the connections can be closed. */
  | { readonly type: "stopped" };
