// Search in all that I may read; a click on what was found leads to its place.

import { useSignal } from "@preact/signals";
import type { ServerPayloads } from "chat-hub";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import type { Entry } from "../words/people.js";
import { findIn } from "../words/people.js";
import { sentence } from "../words/sentence.js";
import { snippetPieces } from "../words/snippet.js";
import { Hit } from "./hit.js";
import { narrow } from "./narrow.js";

interface SearchProps {
  readonly chat: Chat;
  readonly session: Session;
  /** The open conversation. */
  readonly entry: Entry;
}

type Hits = ServerPayloads["search"]["hits"];

const pageRows = 20;
const usualChars = 256;

export function SearchPanel({ chat, session, entry }: SearchProps): JSX.Element {
  const typed = useSignal("");
  const hits = useSignal<Hits | undefined>(undefined);
  const next = useSignal<number | undefined>(undefined);
  const problem = useSignal("");
  const busy = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const asked = useRef("");

  useEffect(() => field.current?.focus(), []);

  const search = async (query: string, before?: number): Promise<void> => {
    if (query.trim() === "") return;
    asked.current = query;
    busy.value = true;
    const from = before === undefined ? {} : { before };
    const told = await session.asks.ask({ type: "search", query, limit: pageRows, ...from });
    // Another one was asked for meanwhile.
    if (asked.current !== query) return;
    busy.value = false;
    problem.value = told.ok ? "" : sentence(told.error);
    const earlier = before === undefined ? [] : (hits.peek() ?? []);
    hits.value = told.ok ? [...earlier, ...told.answer.hits] : earlier;
    next.value = told.ok ? told.answer.next : undefined;
  };
  const here = `in:${entry.conversation}`;

  return (
    <div class="panel-body">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void search(typed.peek());
        }}
      >
        <input
          ref={field}
          class="field"
          type="search"
          dir="auto"
          aria-label="Search messages"
          placeholder="Search messages"
          autocomplete="off"
          enterkeyhint="search"
          maxLength={session.limits?.search_chars ?? usualChars}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
      </form>
      <p class="hint">
        {!typed.value.includes("in:") && (
          <button
            type="button"
            class="link"
            onClick={() => {
              typed.value = `${typed.peek().trim()} ${here}`.trimStart();
              field.current?.focus();
              void search(typed.peek());
            }}
          >
            Only here
          </button>
        )}
        <span>“two words” · from:bob · in:#dev · after:2026-01-31 · has:link · mentions:me</span>
      </p>
      <p class="box-note" role="status">
        {problem.value}
        {busy.value && "Searching …"}
        {!busy.value && problem.value === "" && hits.value?.length === 0 && "Nothing found."}
      </p>
      <ul class="hits">
        {hits.value?.map(({ message, snippet, marks }) => (
          <li key={`${message.conversation} ${message.seq}`}>
            <Hit
              message={message}
              session={session}
              place={findIn(chat.people.value, message.conversation)?.label ?? message.conversation}
              jump={() => {
                if (narrow.peek()) chat.panel.value = undefined;
                chat.turnTo(message.conversation, message.seq);
              }}
            >
              {snippetPieces(snippet, marks).map(({ text, marked }) => (marked ? <mark>{text}</mark> : text))}
            </Hit>
          </li>
        ))}
      </ul>
      {next.value !== undefined && (
        <button type="button" class="small-button" onClick={() => void search(asked.current, next.peek())}>
          More
        </button>
      )}
    </div>
  );
}
