// What happened in a room, in words. Names and texts of strangers stand apart from ours, so that each is drawn as what
// it is.

import type { RoomEntry } from "chat-hub";
import { nameKey } from "chat-hub";

export type Part = string | { readonly name: string } | { readonly text: string };

export function happening(what: RoomEntry, me: string): readonly Part[] {
  const someone = (name: string): Part => (nameKey(name) === nameKey(me) ? "you" : { name });
  const by = someone(what.from);
  switch (what.kind) {
    case "member_joined":
      return what.role === "owner" ? [by, " made this room"] : [by, " joined"];
    case "member_invited":
      return [by, " invited ", someone(what.username)];
    case "member_left":
      return what.why === "kicked"
        ? [by, " removed ", someone(what.username)]
        : [someone(what.username), " left"];
    case "role_changed":
      return [by, " made ", someone(what.username), what.role === "member" ? " a " : " ", what.role];
    case "member_banned":
      return [by, what.on ? " banned " : " lifted the ban of ", someone(what.username)];
    case "member_silenced":
      return [by, what.on ? " silenced " : " let ", someone(what.username), what.on ? "" : " write again"];
    case "room_updated":
      return [by, ...change(what)];
  }
}

function change({
  topic,
  history,
  archived,
  slow_mode: slow,
  keep_s: keep,
}: RoomEntry & { readonly kind: "room_updated" }): readonly Part[] {
  if (topic === "") return [" took the topic away"];
  if (topic !== undefined) return [" set the topic: ", { text: topic }];
  if (slow === 0) return [" ended the slow mode"];
  if (slow !== undefined) return [` set the slow mode: one message in ${slow} s`];
  if (keep === 0) return [" let this room keep what is written as everywhere"];
  if (keep !== undefined) return [` let this room forget what is written after ${keep} s`];
  if (archived !== undefined) return [archived ? " archived this room" : " opened this room again"];
  return [
    history === "since_join"
      ? " made what was said before one joins unreadable"
      : " made all that was said readable for every member",
  ];
}

/** Many of them, counted: `5 joined, 2 left, 1 more change`. */
export function summary(all: readonly RoomEntry[]): string {
  const count = (kind: RoomEntry["kind"]): number => all.filter((one) => one.kind === kind).length;
  const joined = count("member_joined");
  const left = count("member_left");
  const invited = count("member_invited");
  const rest = all.length - joined - left - invited;
  const parts = [
    joined > 0 && `${joined} joined`,
    left > 0 && `${left} left`,
    invited > 0 && `${invited} invited`,
    rest > 0 && (rest === 1 ? "1 other change" : `${rest} other changes`),
  ];
  return parts.filter(Boolean).join(", ");
}
