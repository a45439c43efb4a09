// What a message answers, in one line; a click leads there.

import type { Target } from "chat-hub";
import type { JSX } from "preact";
import type { Hands } from "../state/hands.js";

interface QuoteProps {
  readonly target: Target;
  readonly hands: Hands;
}

/** As much of a text as one line can show. */
const mostChars = 200;

export function QuoteOf({ target, hands }: QuoteProps): JSX.Element {
  const { session, conversation } = hands;
  const lines = session.reader.view.value?.lines ?? [];
  const here = lines.find((line) => line.kind === "message" && (line.seq === target || line.key === target));
  // An own line that is not stored yet, or one that is not among those that are here.
  const away =
    here === undefined && typeof target === "number" ? session.quotes.of(conversation, target) : undefined;
  const quote = here?.kind === "message" ? here : away?.value;
  const seq = here?.kind === "message" ? here.seq : typeof target === "number" ? target : undefined;
  return (
    <button
      type="button"
      class="quote"
      disabled={seq === undefined || quote === "gone"}
      onClick={() => seq !== undefined && hands.jump(seq)}
    >
      <span class="aside">In reply to </span>
      {quote === undefined || quote === "fetching" ? (
        <span class="name">…</span>
      ) : quote === "gone" ? (
        <span class="name">A message that is not kept any more</span>
      ) : (
        <>
          <bdi class="name">{session.isMe(quote.from) ? "You" : quote.from}</bdi>
          <span class="name" dir="auto">
            {quote.deleted === true ? "This message was deleted" : firstLine(quote.message)}
          </span>
        </>
      )}
    </button>
  );
}

export function firstLine(text: string): string {
  return (
    text
      .slice(0, mostChars)
      .split("\n")
      .find((line) => line.trim() !== "") ?? ""
  );
}
