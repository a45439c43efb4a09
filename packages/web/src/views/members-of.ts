// The members of a room as they are now: asked for when they are looked at, and again when one comes, goes or changes.

import type { ReadonlySignal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import type { MemberRow, Refusal } from "chat-hub";
import { useEffect } from "preact/hooks";
import type { Session } from "../state/session.js";

export type Which = "members" | "invited" | "banned";

export interface Members {
  readonly rows: readonly MemberRow[];
  readonly count: number;
  readonly error?: Refusal | undefined;
}

const pageRows = 200;
/** More than these nobody reads through. */
const mostRows = 1_000;
const settleMs = 150;

export function useMembers(
  session: Session,
  conversation: string,
  which: Which,
): ReadonlySignal<Members | undefined> {
  const members = useSignal<Members | undefined>(undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const fetch = async (): Promise<void> => {
      const found = await fetchMembers(session, conversation, which);
      if (!left) members.value = found;
    };
    const forget = session.listen(({ kind, conversation: where }) => {
      if (where !== conversation || !/^(member|role)_/.test(kind)) return;
      clearTimeout(timer);
      timer = setTimeout(fetch, settleMs);
    });
    void fetch();
    return () => {
      left = true;
      clearTimeout(timer);
      forget();
    };
  }, [conversation, which]);
  return members;
}

async function fetchMembers(session: Session, conversation: string, which: Which): Promise<Members> {
  const rows: MemberRow[] = [];
  for (;;) {
    const after = rows.at(-1)?.username;
    const told = await session.asks.ask({
      type: "members",
      conversation,
      which,
      limit: pageRows,
      ...(after === undefined ? {} : { after }),
    });
    if (!told.ok) return { rows, count: rows.length, error: told.error };
    rows.push(...told.answer.members);
    if (!told.answer.more || rows.length >= mostRows) return { rows, count: told.answer.count };
  }
}
