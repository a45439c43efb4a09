// L8: nothing throws; every code with which the hub closes or refuses is one of PROTOCOL.md's tables.
// They are written out here, since the laws take nothing from the hub.

import type { RuleOf } from "./rule.ts";
import { broken } from "./rule.ts";

const closings = new Set([1000, 1012, 1013, 4400, 4401, 4403, 4408, 4409, 4410, 4429]);

const refusals = new Set(
  `malformed text_only unknown_type too_long empty_message login_first already_logged_in bad_name name_taken
  bad_since unknown_user away unknown_conversation unknown_message not_member banned forbidden blocked room_taken
  archived deleted last_owner limit_reached bad_query nonce_reused token_needed history_gone rate_limited
  storage_full unavailable too_many silenced slow_mode read_only looks_alike not_let_in login_expired
  registration_closed invite_needed weak_password unknown_session`.split(/\s+/),
);
const retryable = new Set([
  "rate_limited",
  "storage_full",
  "unavailable",
  "too_many",
  "slow_mode",
  "read_only",
]);

export const documented: RuleOf = () => (step) => {
  const { observed, frame } = step;
  if (observed.type === "threw")
    broken(
      "L8",
      step,
      `${observed.where} threw ${observed.error instanceof Error ? observed.error.stack : observed.error}`,
    );
  if (observed.type === "hungUp" && !closings.has(observed.code))
    broken("L8", step, `the hub closed with ${observed.code}, which no document names`);
  if (observed.type !== "handed" || frame?.type !== "error") return;
  const { code = "" } = frame.payload;
  if (!refusals.has(code)) broken("L8", step, `it was refused with ${code}, which no document names`);
  if (retryable.has(code) !== frame.payload.retryable)
    broken("L8", step, `${code} says retryable: ${frame.payload.retryable}`);
};
