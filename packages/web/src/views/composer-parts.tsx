// What stands around the text in the composer: for whom it is, what it is about, and the words of its button.

import type { JSX } from "preact";
import type { Hands, Writing } from "../state/hands.js";
import type { Entry } from "../words/people.js";
import { Icon, IconButton } from "./icons.js";
import { firstLine } from "./quote.js";

export function Recipient({ hands, entry }: { hands: Hands; entry: Entry }): JSX.Element {
  return (
    <button
      type="button"
      class="to"
      aria-haspopup="dialog"
      onClick={() => {
        hands.chat.box.value = "finder";
      }}
    >
      <span>To</span>
      <bdi class="name">{entry.label}</bdi>
      <Icon of="choose" size={16} />
      <span class="aside">, choose a recipient</span>
    </button>
  );
}

export function SendWords({
  about,
  entry,
  inThread,
}: {
  about: Writing | undefined;
  entry: Entry;
  inThread: boolean;
}): JSX.Element {
  if (about?.kind === "edit") return <>Save</>;
  if (inThread || about?.kind === "reply") return <>Reply</>;
  if (entry.kind === "everyone") return <>Send to All</>;
  return (
    <>
      Send to <bdi>{entry.label}</bdi>
    </>
  );
}

/** What is answered, or changed. */
export function About({ writing, hands }: { writing: Writing; hands: Hands }): JSX.Element {
  const { kind, said } = writing;
  return (
    <div class="about">
      <Icon of={kind} size={16} />
      <p class="name">
        {kind === "edit" ? "Changing " : "In reply to "}
        <bdi>{said.own ? "your message" : said.from}</bdi>
        <small class="name" dir="auto">
          {firstLine(said.message)}
        </small>
      </p>
      <IconButton
        of="close"
        label={kind === "edit" ? "Leave it as it is" : "Don’t reply"}
        press={() => {
          hands.writing.value = undefined;
        }}
      />
    </div>
  );
}
