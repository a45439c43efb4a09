// The members of a room: who they are, and what I may do about them. A button that could only be refused isn't there.

import { useSignal } from "@preact/signals";
import type { MemberRow, Role } from "chat-hub";
import { nameKey, roles } from "chat-hub";
import type { JSX } from "preact";
import type { Chat } from "../state/chat.js";
import type { Hands } from "../state/hands.js";
import { may } from "../words/may.js";
import { sentence } from "../words/sentence.js";
import { Face } from "./entry.js";
import type { Which } from "./members-of.js";
import { useMembers } from "./members-of.js";
import { Sure } from "./sure.js";

interface MemberListProps {
  readonly chat: Chat;
  readonly hands: Hands;
}

const tabs: Readonly<Record<Which, string>> = { members: "Members", invited: "Invited", banned: "Banned" };

export function MemberList({ chat, hands }: MemberListProps): JSX.Element {
  const which = useSignal<Which>("members");
  const chosen = useSignal<string | undefined>(undefined);
  const members = useMembers(hands.session, hands.conversation, which.value).value;
  return (
    <>
      {may("outsiders", hands.where) ? (
        <fieldset class="tabs" aria-label="Whom to show">
          {(Object.keys(tabs) as Which[]).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={which.value === one}
              onClick={() => {
                which.value = one;
              }}
            >
              {tabs[one]}
            </button>
          ))}
        </fieldset>
      ) : (
        <h3>Members</h3>
      )}
      {may("invite", hands.where) && which.value !== "banned" && <Invite hands={hands} />}
      <p class="box-note" role="status">
        {members === undefined && "Loading …"}
        {members?.error !== undefined && sentence(members.error)}
        {members?.error === undefined && members?.rows.length === 0 && "Nobody."}
        {members !== undefined && members.count > members.rows.length && `${members.count} in all.`}
      </p>
      <ul class="members" aria-label={tabs[which.value]}>
        {members?.rows.map((member) => (
          <Member
            key={member.username}
            member={member}
            hands={hands}
            chat={chat}
            open={chosen.value === member.username}
            choose={() => {
              chosen.value = chosen.peek() === member.username ? undefined : member.username;
            }}
          />
        ))}
      </ul>
    </>
  );
}

interface MemberProps extends MemberListProps {
  readonly member: MemberRow;
  readonly open: boolean;
  readonly choose: () => void;
}

function Member({ member, hands, chat, open, choose }: MemberProps): JSX.Element {
  const { username, role } = member;
  const { session } = hands;
  const isMe = session.isMe(username);
  const here = session.house.present.value.users.find((user) => nameKey(user.username) === nameKey(username));
  const presence = here?.status ?? member.status;
  return (
    <li>
      <button
        type="button"
        class="entry"
        aria-expanded={isMe ? undefined : open}
        disabled={isMe}
        onClick={choose}
      >
        <Face kind="person" label={username} presence={presence} />
        <span class="name">
          <bdi>{username}</bdi>
          {isMe && " (you)"}
          <span class="aside">, {presence}</span>
          {here?.text !== undefined && here.text !== "" && <small dir="auto">{here.text}</small>}
        </span>
        {role !== "member" && <span class="role">{role}</span>}
      </button>
      {open && !isMe && <MemberDeeds member={member} hands={hands} chat={chat} />}
    </li>
  );
}

function MemberDeeds({ member, hands, chat }: MemberListProps & { member: MemberRow }): JSX.Element {
  const { username, role } = member;
  const { session, conversation, where } = hands;
  const { deeds } = session;
  const about = { member: role };
  const isBanned = role === "banned";
  const otherRoles = isBanned || role === "invited" ? [] : roles.filter((one) => one !== role);
  return (
    <p class="member-deeds">
      <button type="button" class="small-button quiet" onClick={() => chat.turnToName(username)}>
        Write privately
      </button>
      {may("role", where, about) &&
        otherRoles.map((one) => (
          <button
            key={one}
            type="button"
            class="small-button quiet"
            onClick={() => deeds.do({ type: "role", conversation, username, role: one })}
          >
            {roleWords(one)}
          </button>
        ))}
      {!isBanned && may("kick", where, about) && (
        <Sure
          class="small-button quiet wrong"
          sure="Really remove?"
          press={() => deeds.do({ type: "kick", conversation, username })}
        >
          {role === "invited" ? "Take the invitation back" : "Remove"}
        </Sure>
      )}
      {may("ban", where, isBanned ? {} : about) && (
        <Sure
          class="small-button quiet wrong"
          sure={isBanned ? "Really lift the ban?" : "Really ban?"}
          press={() => deeds.do({ type: "ban", conversation, username, on: !isBanned })}
        >
          {isBanned ? "Lift the ban" : "Ban"}
        </Sure>
      )}
    </p>
  );
}

function roleWords(role: Role): string {
  return role === "member" ? "Make a member" : `Make ${role}`;
}

function Invite({ hands }: { hands: Hands }): JSX.Element {
  const { session, conversation } = hands;
  const typed = useSignal("");
  const said = useSignal("");
  const invite = async (event: Event): Promise<void> => {
    event.preventDefault();
    const username = typed.peek().trim().replace(/^@/, "");
    if (username === "") return;
    const ended = await session.deeds.finish({ type: "invite", conversation, username });
    if (ended.type === "refused") said.value = sentence(ended.error);
    else {
      said.value = ended.ack.unchanged === true ? "Already invited, or a member." : `${username} is invited.`;
      typed.value = "";
    }
  };
  return (
    <form class="inline-form" onSubmit={invite}>
      <input
        class="field"
        dir="auto"
        aria-label="Whom to invite"
        placeholder="Invite somebody"
        list="present-names"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          said.value = "";
        }}
      />
      <datalist id="present-names">
        {session.house.present.value.users.map(({ username }) => (
          <option key={username} value={username} />
        ))}
      </datalist>
      <button type="submit" class="small-button" disabled={typed.value.trim() === ""}>
        Invite
      </button>
      <span class="form-note" role="status" dir="auto">
        {said.value}
      </span>
    </form>
  );
}
