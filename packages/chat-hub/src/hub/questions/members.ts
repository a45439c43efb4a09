// `members`: the people of a room or of a private conversation; or who is invited to a room, or banned.

import type { MemberRow } from "../../dialects/frames/people.js";
import type { Member, MembersListed } from "../../ports/rooms.js";
import { conversationName } from "../../words/conversations.js";
import { isRole } from "../../words/rooms.js";
import { seenAs } from "../presence.js";
import type { HubState } from "../state/hub-state.js";
import type { User } from "../state/user.js";
import type { Asker, Question } from "./asker.js";
import { askStore, tell } from "./asker.js";
import { fit } from "./fit.js";

export function askMembers(hub: HubState, asker: Asker, question: Question<"members">): void {
  const { of, which, after, limit } = question;
  const page = after === undefined ? {} : { after };
  askStore(hub, asker, question, {
    type: "members",
    viewer: asker.user.id,
    of,
    which,
    most: limit,
    ...page,
  });
}

export function tellMembers(hub: HubState, asker: Asker, answer: MembersListed): void {
  const rows = answer.members.map((member) => memberRow(hub, asker.user, member));
  const members = fit(rows, hub.limits);
  const more = answer.more || members.length < rows.length;
  const conversation = conversationName(answer);
  tell(hub, asker, { type: "members", payload: { conversation, members, count: answer.count, more } });
}

function memberRow(hub: HubState, viewer: User, { user, key, name, standing }: Member): MemberRow {
  const role = isRole(standing) || standing === "invited" || standing === "banned" ? standing : "member";
  return { username: name, role, status: seenAs(hub, viewer, user, key).status };
}
