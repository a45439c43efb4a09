// What can be done with a message: a few emoji and any other, an answer, the thread, and what my role allows.

import { useSignal } from "@preact/signals";
import { parseEmoji } from "chat-hub";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Hands } from "../state/hands.js";
import type { Said } from "../words/items.js";
import { listed } from "../words/ticks.js";
import type { Shape } from "./icons.js";
import { Icon } from "./icons.js";
import { reactors } from "./reactions.js";
import { Sure } from "./sure.js";

interface LineMenuProps {
  readonly said: Said;
  readonly hands: Hands;
  readonly may: (what: "edit" | "deletion" | "reaction" | "pin" | "message") => boolean;
}

const usual = ["👍", "❤️", "😂", "🎉", "😮", "😢"];

export function LineMenu({ said, hands, may }: LineMenuProps): JSX.Element {
  const menu = useRef<HTMLFieldSetElement>(null);
  const upwards = useSignal(false);
  const close = (): void => {
    hands.menu.value = undefined;
  };

  useLayoutEffect(() => {
    const box = menu.current?.getBoundingClientRect();
    const log = menu.current?.closest(".log")?.getBoundingClientRect();
    upwards.value = box !== undefined && log !== undefined && box.bottom > log.bottom;
    menu.current?.querySelector("button")?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const press = ({ target }: Event): void => {
      const line = menu.current?.closest("article");
      if (!(target instanceof Node) || line?.contains(target) !== true) close();
    };
    document.addEventListener("pointerdown", press);
    return () => document.removeEventListener("pointerdown", press);
  }, []);

  return (
    <fieldset
      ref={menu}
      class={upwards.value ? "line-menu upwards" : "line-menu"}
      aria-label="What to do with this message"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        const line = menu.current?.closest("article");
        close();
        line?.focus();
      }}
    >
      {may("reaction") && <Picker said={said} hands={hands} />}
      {may("message") && <Choice icon="reply" words="Reply" press={() => hands.write("reply", said)} />}
      {hands.thread === undefined &&
        said.seq !== undefined &&
        (said.replies > 0 || said.thread !== undefined) && (
          <Choice icon="thread" words="Open the thread" press={() => hands.openThread(said)} />
        )}
      {may("pin") && (
        <Choice icon="pin" words={said.pinned ? "Unpin" : "Pin"} press={() => hands.pin(said)} />
      )}
      {may("edit") && said.own && <Choice icon="edit" words="Edit" press={() => hands.write("edit", said)} />}
      {may("deletion") && (
        <Sure class="choice wrong" sure="Press again to delete" press={() => hands.delete(said)}>
          <Icon of="trash" size={18} />
          Delete
        </Sure>
      )}
      {said.reactions.length > 0 && <WhoReacted said={said} hands={hands} />}
    </fieldset>
  );
}

function Choice({ icon, words, press }: { icon: Shape; words: string; press: () => void }): JSX.Element {
  return (
    <button type="button" class="choice" onClick={press}>
      <Icon of={icon} size={18} />
      {words}
    </button>
  );
}

function Picker({ said, hands }: { said: Said; hands: Hands }): JSX.Element {
  const typed = useSignal("");
  const wrong = useSignal(false);
  const give = (event: Event): void => {
    event.preventDefault();
    const emoji = parseEmoji(typed.peek().trim());
    wrong.value = !emoji.ok;
    if (emoji.ok) hands.react(said, emoji.value);
  };
  return (
    <form class="picker" onSubmit={give}>
      {usual.map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-label={`React with ${emoji}`}
          aria-pressed={said.reactions.some((row) => row.emoji === emoji && row.mine === true)}
          onClick={() => hands.react(said, emoji)}
        >
          {emoji}
        </button>
      ))}
      <input
        aria-label="Another emoji"
        placeholder="☺…"
        title="Any other emoji, then Enter"
        autocomplete="off"
        maxLength={64}
        aria-invalid={wrong.value}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          wrong.value = false;
        }}
      />
    </form>
  );
}

function WhoReacted({ said, hands }: { said: Said; hands: Hands }): JSX.Element {
  const who = useSignal<ReadonlyMap<string, readonly string[]>>(new Map());
  useEffect(() => {
    void reactors(hands, said).then((found) => {
      who.value = found;
    });
  }, [said.reactions]);
  return (
    <ul class="who-reacted" aria-label="Who reacted">
      {[...who.value].map(([emoji, names]) => (
        <li key={emoji}>
          {emoji} <span dir="auto">{listed(names)}</span>
        </li>
      ))}
    </ul>
  );
}
