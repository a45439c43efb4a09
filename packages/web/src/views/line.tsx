// One message. Its text comes from strangers: it is only ever a text node, and its links are http or https.

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Session } from "../state/session.js";
import type { Clock } from "../words/clock.js";
import { monogram } from "../words/people.js";
import { pieces } from "../words/pieces.js";
import type { Line } from "../words/rows.js";
import { Icon } from "./icons.js";

interface LineProps {
  readonly line: Line;
  readonly follows: boolean;
  readonly clock: Clock;
  readonly session: Session;
}

const emoji =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\s){1,24}$/u;

export function LineRow({ line, follows, clock, session }: LineProps): JSX.Element {
  const { state, own, from, at, message } = line;
  // Rows are drawn again at every line that comes; what they say is worked out once.
  const face = useMemo(() => {
    const said = pieces(message).map(({ kind, text }) => (kind === "text" ? text : <Link address={text} />));
    return { said, iso: new Date(at).toISOString(), full: clock.full(at), time: clock.time(at) };
  }, [message, at, clock]);
  const classes = [
    "line",
    own && "own",
    follows && "follows",
    state.type === "sending" && "unsent",
    state.type,
  ];
  return (
    <article class={classes.filter(Boolean).join(" ")} data-key={line.key} data-seq={line.seq}>
      {!own && !follows && (
        <span class="monogram" aria-hidden="true">
          <span>{monogram(from)}</span>
        </span>
      )}
      <div class="body">
        <p class={own || follows ? "aside" : "who name"}>
          <bdi>{own ? "You" : from}</bdi>
        </p>
        <div class={emoji.test(message) ? "bubble emoji-only" : "bubble"}>
          <p class="said" dir="auto">
            {face.said}
          </p>
          <span class="stamp">
            <time dateTime={face.iso} title={face.full}>
              {face.time}
            </time>
            {own && <LineMark line={line} session={session} />}
          </span>
        </div>
        {state.type === "failed" && (
          <p class="why">
            <span dir="auto">{state.reason}</span>
            <button type="button" onClick={() => session.ownLines.sayAgain(line.key)}>
              Try again
            </button>
            <button type="button" onClick={() => session.ownLines.discard(line.key)}>
              Discard
            </button>
          </p>
        )}
      </div>
    </article>
  );
}

const marks = {
  sent: { icon: "sent", words: "Sent" },
  sending: { icon: "sending", words: "Sending …" },
  waiting: { icon: "sending", words: "Waits for the connection" },
  failed: { icon: "failed", words: "Not sent" },
} as const;

function LineMark({ line, session }: { line: Line; session: Session }): JSX.Element {
  const online = session.connection.value.state === "online";
  const { icon, words } = marks[line.state.type === "sending" && !online ? "waiting" : line.state.type];
  return (
    <span class="mark" role="img" aria-label={words} title={words}>
      <Icon of={icon} size={14} />
    </span>
  );
}

function Link({ address }: { address: string }): JSX.Element {
  return (
    <a href={address} rel="noopener noreferrer nofollow" target="_blank" dir="ltr">
      {address}
    </a>
  );
}
