// How things stand, for the row above the prompt: who types, what waits elsewhere, how far one's last
// words have got. Each in as few words as it takes, the most pressing first.

import { reachOf } from "chat-hub";
import type { Piece } from "../look/bar.js";
import { listed, many } from "../look.js";
import type { TalkState } from "./state.js";
import { called } from "./state.js";

/** `addressed` = where the draft would go, if that is not where one is. */
export function barPieces(state: TalkState, addressed: string | undefined): readonly Piece[] {
  const pieces = [
    ...address(state, addressed),
    ...ownStatus(state),
    ...reach(state),
    ...typing(state),
    ...unread(state),
  ];
  const count = state.company.count();
  return pieces.length > 0 || count === undefined ? pieces : [quiet(`${count} here`)];
}

function quiet(text: string): Piece {
  return { text, look: "quiet" };
}

function address(state: TalkState, addressed: string | undefined): readonly Piece[] {
  if (addressed === undefined || addressed === state.target) return [];
  const name = called(state, addressed);
  if (name.startsWith("@")) return [{ text: `this goes only to ${name.slice(1)}`, look: "secret" }];
  return [{ text: `this goes to ${name}`, look: "room" }];
}

function ownStatus({ settings }: TalkState): readonly Piece[] {
  if (settings === undefined || settings.status === "online") return [];
  return [{ text: `you are ${settings.status}`, look: "warning" }];
}

/** How far what we said last has got, while nobody has said anything after it. */
function reach({ view, target, viewer }: TalkState): readonly Piece[] {
  const last =
    view?.conversation === target ? view.view.lines.findLast(({ kind }) => kind === "message") : undefined;
  if (view === undefined || last?.kind !== "message" || !last.own || last.deleted === true) return [];
  const { stored, delivered } = viewer.palette.signs;
  const { deliveredTo, readBy } = reachOf(last, view.view.receipts);
  if (target.startsWith("@")) {
    if (readBy.length > 0) return [quiet(`${delivered} read`)];
    return [quiet(deliveredTo.length > 0 ? `${delivered} delivered` : `${stored} stored`)];
  }
  if (readBy.length > 0) return [quiet(`${delivered} read by ${listed(readBy, 2)}`)];
  const count = deliveredTo.length;
  return [quiet(count > 0 ? `${delivered} delivered to ${count}` : `${stored} stored`)];
}

function typing(state: TalkState): readonly Piece[] {
  return [...state.typing].flatMap(([conversation, names]) => {
    if (names.length === 0) return [];
    const who = `${listed(names, 2)} ${names.length === 1 ? "is" : "are"} typing`;
    if (conversation === state.target) return [quiet(who)];
    if (conversation.startsWith("@")) return [quiet(`${who} to you`)];
    return [
      quiet(conversation === "everyone" ? `${who} to everyone` : `${who} in ${called(state, conversation)}`),
    ];
  });
}

function unread(state: TalkState): readonly Piece[] {
  return state.places
    .unread()
    .filter(({ conversation, muted }) => muted !== true && conversation !== state.target)
    .map(({ conversation, unread: count, mentions }) => ({
      text: `${called(state, conversation)} ${count}${mentions > 0 ? ` (${many(mentions, "calls", "call")} you)` : ""}`,
      look: mentions > 0 || conversation.startsWith("@") ? ("call" as const) : ("quiet" as const),
    }));
}
