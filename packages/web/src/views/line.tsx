// One message: who, what it answers, what was said, how far it has got, what was done to it.

import type { ReceiptRow } from "chat-hub";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Hands } from "../state/hands.js";
import type { Clock } from "../words/clock.js";
import type { Said } from "../words/items.js";
import { may } from "../words/may.js";
import { monogram } from "../words/people.js";
import { sentence } from "../words/sentence.js";
import { tick } from "../words/ticks.js";
import { Icon } from "./icons.js";
import { LineMenu } from "./line-menu.js";
import { QuoteOf } from "./quote.js";
import { Reactions } from "./reactions.js";
import { Written } from "./text.js";

export interface LineProps {
  readonly said: Said;
  readonly follows: boolean;
  readonly clock: Clock;
  readonly hands: Hands;
  /** How far the others have got, where that is told. */
  readonly receipts: readonly ReceiptRow[];
  readonly online: boolean;
  /** It is the one that was looked for. */
  readonly lit: boolean;
}

const emoji =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\s){1,24}$/u;
const noReceipts: readonly ReceiptRow[] = [];

export function LineRow(props: LineProps): JSX.Element {
  const { said, follows, clock, hands, online, lit } = props;
  const receipts = said.own ? props.receipts : noReceipts;
  const menu = hands.menu.value === said.key;
  // All rows are asked at every line that comes; one that has not changed is not drawn again.
  return useMemo(
    () => <Line {...{ said, follows, clock, hands, receipts, online, lit, menu }} />,
    [said, follows, clock, hands, receipts, online, lit, menu],
  );
}

function Line(props: LineProps & { readonly menu: boolean }): JSX.Element {
  const { said, follows, hands, lit, menu } = props;
  const { own, from, key, seq, deleted } = said;
  const classes = [
    "line",
    own && "own",
    follows && "follows",
    (said.state === "sending" || said.state === "waiting") && "unsent",
    said.failed !== undefined && "failed",
    said.mentioned && !deleted && "mentioned",
    lit && "lit",
    menu && "open",
  ];
  return (
    <article class={classes.filter(Boolean).join(" ")} data-key={key} data-seq={seq} tabIndex={-1}>
      {!own && !follows && (
        <span class="monogram" aria-hidden="true">
          <span>{monogram(from)}</span>
        </span>
      )}
      <div class="body">
        <p class={own || follows ? "aside" : "who name"}>
          <bdi>{own ? "You" : from}</bdi>
        </p>
        {said.replyTo !== undefined && !deleted && <QuoteOf target={said.replyTo} hands={hands} />}
        <div class="bubble-row">
          <Bubble {...props} />
          {!deleted && said.state !== "failed" && (
            <button
              type="button"
              class="line-more"
              // The keyboard comes here by Enter on the line itself.
              tabIndex={-1}
              aria-label="What to do with this message"
              aria-expanded={menu}
              onClick={() => {
                hands.menu.value = menu ? undefined : key;
              }}
            >
              <Icon of="more" size={18} />
            </button>
          )}
        </div>
        {!deleted && said.reactions.length > 0 && <Reactions said={said} hands={hands} />}
        {said.replies > 0 && hands.thread === undefined && (
          <button type="button" class="replies" onClick={() => hands.openThread(said)}>
            <Icon of="thread" size={14} />
            {said.replies === 1 ? "1 reply" : `${said.replies} replies`}
          </button>
        )}
        {said.failed !== undefined && <Why failed={said.failed} hands={hands} />}
        {menu && <LineMenu said={said} hands={hands} may={(what) => mayHere(hands, said, what)} />}
      </div>
    </article>
  );
}

function mayHere(
  hands: Hands,
  said: Said,
  what: "edit" | "deletion" | "reaction" | "pin" | "message",
): boolean {
  return may(what, hands.where, { ownMessage: said.own });
}

function Bubble({ said, clock, hands, receipts, online }: LineProps): JSX.Element {
  const { message, at, deleted, own } = said;
  const face = useMemo(
    () => ({ iso: new Date(at).toISOString(), full: clock.full(at), time: clock.time(at) }),
    [at, clock],
  );
  return (
    <div class={deleted ? "bubble deleted" : emoji.test(message) ? "bubble emoji-only" : "bubble"}>
      {deleted ? (
        <p class="tombstone">This message was deleted</p>
      ) : (
        <p class="said" dir="auto">
          <Written text={message} mentions={said.mentions} me={hands.session.name} />
        </p>
      )}
      <span class="stamp">
        {said.pinned && !deleted && (
          <span role="note" aria-label="Pinned" title="Pinned">
            <Icon of="pin" size={12} />
          </span>
        )}
        {said.edited && !deleted && <span class="edited">edited</span>}
        <time dateTime={face.iso} title={face.full}>
          {face.time}
        </time>
        {own && !deleted && <Mark {...tick(said, receipts, online)} />}
      </span>
    </div>
  );
}

function Mark({ icon, words }: ReturnType<typeof tick>): JSX.Element {
  return (
    <span class={`mark ${icon}`} role="img" aria-label={words} title={words}>
      <Icon of={icon} size={14} />
    </span>
  );
}

function Why({ failed, hands }: { failed: NonNullable<Said["failed"]>; hands: Hands }): JSX.Element {
  const { nonce, deed, error } = failed;
  const { deeds } = hands.session;
  return (
    <p class="why">
      <span dir="auto">
        {deed.type === "edit" && "Not changed: "}
        {sentence(error)}
      </span>
      <button type="button" onClick={() => deeds.again(nonce)}>
        Send again
      </button>
      <button type="button" onClick={() => deeds.discard(nonce)}>
        Discard
      </button>
    </p>
  );
}
