// `audit`: what was done by those who look after the house and its rooms, for admins.

import type { AuditListed } from "../../ports/records.js";
import type { HubState } from "../state/hub-state.js";
import type { Asker, Question } from "./asker.js";
import { askStore, tell } from "./asker.js";
import { fit } from "./fit.js";

export function askAudit(hub: HubState, asker: Asker, question: Question<"audit">): void {
  const { before, limit: most } = question;
  askStore(hub, asker, question, { type: "audit", most, ...(before === undefined ? {} : { before }) });
}

export function tellAudit(hub: HubState, asker: Asker, answer: AuditListed): void {
  const rows = answer.lines.map(({ id, at, by, action, about, detail }) => ({
    id,
    at,
    by,
    action,
    about,
    detail,
  }));
  const lines = fit(rows, hub.limits);
  tell(hub, asker, { type: "audit", payload: { lines, more: answer.more || lines.length < rows.length } });
}
