// A message and everything that answers it, with a composer of its own.

import { useSignal } from "@preact/signals";
import type { StandingMessagePayload } from "chat-hub";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import { Hands } from "../state/hands.js";
import type { Session } from "../state/session.js";
import type { Item, Said } from "../words/items.js";
import { items } from "../words/items.js";
import { may } from "../words/may.js";
import type { Entry } from "../words/people.js";
import { rows } from "../words/rows.js";
import { sentence } from "../words/sentence.js";
import { viewLine } from "../words/standing-line.js";
import { Composer } from "./composer.js";
import { clock } from "./log.js";
import { walkLines } from "./log-keys.js";
import { RowView } from "./row.js";

interface ThreadProps {
  readonly chat: Chat;
  /** Of the conversation that it is in. */
  readonly hands: Hands;
  readonly entry: Entry;
  readonly root: number;
}

const pageRows = 200;
/** More of one thread than this is read in the log. */
const mostRows = 280;
const settleMs = 100;
const none: ReadonlySet<string> = new Set();

export function Thread({ chat, hands: outer, entry, root }: ThreadProps): JSX.Element {
  const { session, conversation } = outer;
  const hands = useMemo(() => new Hands(chat, session, conversation, root), []);
  const { messages, problem } = useThread(session, conversation, root);
  const log = useRef<HTMLDivElement>(null);
  const all = shownOf(session, conversation, root, messages.value ?? []);
  const count = all.length;

  useLayoutEffect(() => {
    if (log.current !== null) log.current.scrollTop = log.current.scrollHeight;
  }, [count]);

  return (
    <>
      <div
        class="log thread"
        ref={log}
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to be scrolled by keys
        tabIndex={0}
        aria-label="Thread"
        aria-busy={messages.value === undefined}
        onKeyDown={(event) => walkLines(event, hands)}
      >
        <div class="rows">
          {messages.value === undefined && <p class="empty">Loading …</p>}
          {problem.value !== "" && <p class="refusal">{problem.value}</p>}
          {rows(all, undefined, clock, Date.now(), none).map((row) => (
            <RowView
              key={row.key}
              row={row}
              hands={hands}
              clock={clock}
              receipts={session.reader.view.value?.receipts ?? []}
              online={session.online}
              lit={undefined}
              reveal={() => undefined}
            />
          ))}
        </div>
      </div>
      {may("message", hands.where) && <Composer hands={hands} entry={entry} />}
    </>
  );
}

function useThread(session: Session, conversation: string, root: number) {
  const messages = useSignal<readonly StandingMessagePayload[] | undefined>(undefined);
  const problem = useSignal("");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetch = async (): Promise<void> => {
      const told = await fetchThread(session, conversation, root);
      if (typeof told === "string") problem.value = told;
      else messages.value = told;
      messages.value ??= [];
    };
    // What is done to one of its messages is asked for anew: a thread is short.
    const forget = session.listen((entry) => {
      if (entry.conversation !== conversation || entry.kind === "other") return;
      const isAnswer = entry.kind === "message" && entry.thread === root;
      const target = "message_seq" in entry ? entry.message_seq : undefined;
      const isDone = target !== undefined && messages.peek()?.some(({ seq }) => seq === target);
      if (!isAnswer && isDone !== true) return;
      clearTimeout(timer);
      timer = setTimeout(fetch, settleMs);
    });
    void fetch();
    return () => {
      clearTimeout(timer);
      forget();
    };
  }, []);
  return { messages, problem };
}

/** The messages, or why there are none. */
async function fetchThread(
  session: Session,
  conversation: string,
  root: number,
): Promise<readonly StandingMessagePayload[] | string> {
  const found: StandingMessagePayload[] = [];
  for (;;) {
    const after = found.at(-1)?.seq ?? 0;
    const question = { type: "thread", conversation, message_seq: root, after, limit: pageRows } as const;
    const told = await session.asks.ask<"thread">(question);
    if (!told.ok) return sentence(told.error);
    found.push(...told.answer.messages);
    if (!told.answer.more || found.length >= mostRows) return found.slice(-mostRows);
  }
}

/** What was told of the thread, what has come since, and what I am saying in it. */
function shownOf(
  session: Session,
  conversation: string,
  root: number,
  messages: readonly StandingMessagePayload[],
): readonly Item[] {
  const known = new Map(messages.map((message) => [message.seq, viewLine(message, session)]));
  for (const line of session.reader.view.value?.lines ?? []) {
    if (line.kind === "message" && (line.seq === root || line.thread === root)) known.set(line.seq, line);
  }
  const lines = [...known.values()].toSorted((one, other) => one.seq - other.seq);
  const seqs = new Set<number | string>([root, ...known.keys()]);
  const all = items(lines, session.deeds.unsent.value, conversation, session.name ?? "");
  const belongs = (said: Said): boolean =>
    (said.seq !== undefined && known.has(said.seq)) || (said.replyTo !== undefined && seqs.has(said.replyTo));
  return all
    .filter((item) => item.kind === "message" && belongs(item))
    .map((item) => (item.kind === "message" && item.replyTo === root ? withoutQuote(item) : item));
}

const plain = new WeakMap<Said, Said>();

/** Here it stands right under what it answers. */
function withoutQuote(said: Said): Said {
  const known = plain.get(said);
  if (known !== undefined) return known;
  const made: Said = { ...said, replyTo: undefined };
  plain.set(said, made);
  return made;
}
