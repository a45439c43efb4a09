// A deadline has come: whatever is due happens, in the order in which it was set.

import { unreachable } from "../words/result.js";
import { forgetAddress } from "./addresses.js";
import { announce } from "./announce.js";
import { forgetAttempts } from "./attempts.js";
import { flush } from "./cursors.js";
import { payDebts } from "./debts.js";
import { end } from "./departure.js";
import { comesNearer } from "./expiry.js";
import { paceOver } from "./inbox.js";
import { vanish } from "./presence.js";
import { beat, ping, proveRoom } from "./pulse.js";
import { receiptDue } from "./receipts.js";
import { tellRound } from "./rounds.js";
import type { Connection, ConnectionAlarm } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { typingOver } from "./typing.js";

export function expire(hub: HubState): void {
  const { connections, names, addresses, attempts, audiences, slots, house } = hub.alarms;
  for (let due = connections.take(hub.at); due !== undefined; due = connections.take(hub.at)) ring(hub, due);
  for (let due = names.take(hub.at); due !== undefined; due = names.take(hub.at)) {
    if (due.kind === "grace") vanish(hub, due.subject);
    else hub.spent.delete(due.subject);
  }
  for (let due = addresses.take(hub.at); due !== undefined; due = addresses.take(hub.at))
    forgetAddress(hub, due.subject);
  for (let due = attempts.take(hub.at); due !== undefined; due = attempts.take(hub.at))
    forgetAttempts(hub, due.kind, due.subject);
  for (let due = audiences.take(hub.at); due !== undefined; due = audiences.take(hub.at))
    proveRoom(hub, due.subject);
  for (let due = slots.take(hub.at); due !== undefined; due = slots.take(hub.at)) {
    if (due.kind === "receipt") receiptDue(hub, due.subject);
    else if (due.kind === "typingFor") typingOver(hub, due.subject);
  }
  for (let due = house.take(hub.at); due !== undefined; due = house.take(hub.at)) {
    if (due.kind === "cursors") flush(hub);
    else if (due.kind === "debts") payDebts(hub);
    else if (due.kind === "presenceRound") tellRound(hub);
    else announce(hub);
  }
}

function ring(hub: HubState, due: { readonly kind: ConnectionAlarm; readonly subject: Connection }): void {
  switch (due.kind) {
    case "login":
      return end(hub, due.subject, "loginDeadline");
    case "pulse":
      return beat(hub, due.subject);
    case "paced":
    case "pacedLong":
      return paceOver(hub, due.subject);
    case "prove":
      return ping(hub, due.subject);
    case "endsInHours":
    case "endsInMinutes":
    case "endsInSeconds":
      return comesNearer(hub, due.subject);
    default:
      return unreachable(due.kind);
  }
}
