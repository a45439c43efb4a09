// What those who look after the house say, change and are told.

import type {
  AboutYouPayload,
  AuditPayload,
  AuditRow,
  BanRow,
  BansPayload,
  HousePayload,
  StatsPayload,
} from "../../dialects/frames/house.js";
import type { ServerPayloads } from "../../dialects/frames.js";
import { objectOf } from "../../shapes/object.js";
import { count, flag, moment, oneOf, text } from "../../shapes/plain.js";
import { list, maybe } from "../../shapes/shape.js";
import type { PushRow } from "./row.js";

export const rulesOfHouse = objectOf<HousePayload>({
  slow_mode: count,
  read_only: flag,
  keep_s: maybe(count),
  reason: maybe(text),
});

export const house = {
  announcement: {
    what: "somebody who looks after the house says something to all who are here",
    example:
      '{"type":"announcement","payload":{"message":"The server restarts at noon.","from":"alice","at":1795357825123}}',
    payload: objectOf<ServerPayloads["announcement"]>({ message: text, from: text, at: moment }),
  },
  house_updated: {
    what: "what holds for all who are here is another now",
    example: '{"type":"house_updated","payload":{"slow_mode":0,"read_only":true,"reason":"we move house"}}',
    payload: rulesOfHouse,
  },
  about_you: {
    what: "somebody who looks after the house has done something about you",
    example:
      '{"type":"about_you","payload":{"what":"silenced","message":"you may not write in public until 2026-11-22 14:40:25 UTC: be calm","from":"alice","at":1795357825123,"until":1795358425123,"reason":"be calm"}}',
    payload: objectOf<AboutYouPayload>({
      what: oneOf(["kicked", "silenced", "unsilenced", "admin", "member"]),
      message: text,
      from: text,
      at: moment,
      until: maybe(moment),
      reason: maybe(text),
    }),
  },
  stats: {
    what: "who and what is here, and how much is said",
    example:
      '{"type":"stats","id":1,"payload":{"at":1795357825123,"connections":31,"unnamed":1,"behind":0,"paused":0,"users":28,"rooms":4,"messages":9120,"messages_per_minute":90,"append_backlog":0,"asks":0,"cursors":3,"names":28,"addresses":19,"bans":1,"silences":0}}',
    payload: objectOf<StatsPayload>({
      at: moment,
      connections: count,
      unnamed: count,
      behind: count,
      paused: count,
      users: count,
      rooms: count,
      messages: count,
      messages_per_minute: count,
      append_backlog: count,
      asks: count,
      cursors: count,
      names: count,
      addresses: count,
      bans: count,
      silences: count,
    }),
    answers: true,
  },
  bans: {
    what: "who is banned from the server, or silenced in it",
    example:
      '{"type":"bans","id":1,"payload":{"bans":[{"username":"mallory","by":"alice","reason":"floods","until":1795361425123},{"address":"203.0.113.7","by":""}],"count":2,"more":false}}',
    payload: objectOf<BansPayload>({
      bans: list(
        objectOf<BanRow>({
          username: maybe(text),
          address: maybe(text),
          by: text,
          reason: maybe(text),
          until: maybe(moment),
        }),
      ),
      count,
      more: flag,
    }),
    answers: true,
  },
  audit: {
    what: "what was done by those who look after things, the newest first",
    example:
      '{"type":"audit","id":1,"payload":{"lines":[{"id":7,"at":1795357825123,"by":"alice","action":"ban","about":"mallory","detail":"#dev, for 600 s, floods"}],"more":true}}',
    payload: objectOf<AuditPayload>({
      lines: list(
        objectOf<AuditRow>({ id: count, at: moment, by: text, action: text, about: text, detail: text }),
      ),
      more: flag,
    }),
    answers: true,
  },
} as const satisfies { readonly [Type in keyof ServerPayloads]?: PushRow<ServerPayloads[Type]> };
