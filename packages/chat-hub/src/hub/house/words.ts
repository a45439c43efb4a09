// What is said of an order that can't be carried out, and to those who are kept out.

import type { AboutYouPayload } from "../../dialects/frames/house.js";
import type { Decision, InForce } from "../../rules/house-rules.js";
import type { RefusalDetail } from "../../tables/refusals.js";
import type { WallMillis } from "../../words/ids.js";
import type { HouseOrder } from "../../words/orders.js";
import { utcTime } from "../../words/text.js";
import type { No } from "./plan.js";

export const adminsOnly: RefusalDetail = {
  message: "only those who look after the house may do this",
  hint: "an admin can make you one; the first is made at the shell of the server",
};

export const notThere: No = {
  code: "away",
  detail: { message: "they are not connected", hint: "a ban keeps them out" },
};

export const noAddress: No = {
  code: "away",
  detail: {
    message: "they are not connected from an address that is known",
    hint: "ban the user without address, or give the address itself",
  },
};

const notKept = "this name is not kept by a token, so it can be somebody else tomorrow";

export const keptOnly: No = {
  code: "token_needed",
  detail: {
    message: notKept,
    hint: "kick them, or ban the address that they are connected from",
    example: '{"type":"ban","payload":{"conversation":"everyone","username":"bob","address":true}}',
  },
};

export const noAdminWithout: No = {
  code: "token_needed",
  detail: { message: notKept, hint: "they must log in with a token of their own first" },
};

export const notOfAdmins: No = {
  code: "forbidden",
  detail: {
    message: "they look after the house too",
    hint: "make them a member first",
    example: '{"type":"set_role","payload":{"conversation":"everyone","username":"bob","role":"member"}}',
  },
};

export const notOfTheirAddress: No = {
  code: "forbidden",
  detail: {
    message: "somebody who looks after the house is connected from this address",
    hint: "ban the user without address",
  },
};

export const notOfBanned: No = {
  code: "forbidden",
  detail: {
    message: "they are banned, and can't come in",
    hint: "lift the ban first",
    example: '{"type":"unban","payload":{"conversation":"everyone","username":"bob"}}',
  },
};

export const lastAdmin: No = {
  code: "last_owner",
  detail: {
    message: "the house needs somebody who looks after it",
    hint: "make somebody else an admin first",
    example: '{"type":"set_role","payload":{"conversation":"everyone","username":"bob","role":"admin"}}',
  },
};

/** To whoever is kept out of the server. */
export function bannedWords({ until, reason }: InForce, wall: number): RefusalDetail {
  const end = until === undefined ? "for good" : `until ${utcTime(until)} UTC`;
  return {
    message: `you are banned from this server ${end}${because(reason)}`,
    hint: until === undefined ? "ask whoever runs the server" : "come back then",
    ...(until === undefined ? {} : { retryAfterMs: Math.max(0, until - wall) }),
  };
}

/** What is done about somebody, to them. */
export function aboutYou(order: HouseOrder, until: WallMillis | undefined): AboutYou | undefined {
  switch (order.type) {
    case "kick":
      return { what: "kicked", message: `an admin puts you out${because(order.reason)}` };
    case "silence": {
      if (!order.on) return { what: "unsilenced", message: "you may write in public again" };
      const end = until === undefined ? "" : ` until ${utcTime(until)} UTC`;
      return { what: "silenced", message: `you may not write in public${end}${because(order.reason)}` };
    }
    case "role":
      return order.role === "admin"
        ? { what: "admin", message: "you look after the house now" }
        : { what: "member", message: "you look after the house no more" };
    default:
      return undefined;
  }
}

type AboutYou = Pick<AboutYouPayload, "what" | "message">;

export function because(reason: Decision["reason"]): string {
  return reason === "" ? "" : `: ${reason}`;
}
