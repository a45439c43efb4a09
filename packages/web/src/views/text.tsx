// What strangers wrote: only ever text nodes, with links that are http or https and show where they lead.

import { nameKey } from "chat-hub";
import type { JSX } from "preact";
import { pieces } from "../words/pieces.js";

interface WrittenProps {
  readonly text: string;
  readonly mentions?: readonly string[] | undefined;
  readonly me?: string | undefined;
}

export function Written({ text, mentions, me = "" }: WrittenProps): JSX.Element {
  return (
    <>
      {pieces(text, mentions).map((piece) => {
        if (piece.kind === "text") return piece.text;
        if (piece.kind === "link") return <Link address={piece.text} />;
        const mine = nameKey(piece.text.slice(1)) === nameKey(me) || piece.text === "@everyone";
        return <bdi class={mine ? "call mine" : "call"}>{piece.text}</bdi>;
      })}
    </>
  );
}

function Link({ address }: { address: string }): JSX.Element {
  return (
    <a href={address} rel="noopener noreferrer nofollow" target="_blank" dir="ltr">
      {address}
    </a>
  );
}
