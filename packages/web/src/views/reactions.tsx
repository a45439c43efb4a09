// The reactions to a message: a click gives or takes mine; whoever stays over one is told whose they are.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Hands } from "../state/hands.js";
import type { Said } from "../words/items.js";
import { may } from "../words/may.js";
import { listed } from "../words/ticks.js";

interface ReactionsProps {
  readonly said: Said;
  readonly hands: Hands;
}

export function Reactions({ said, hands }: ReactionsProps): JSX.Element {
  const who = useSignal<ReadonlyMap<string, readonly string[]> | undefined>(undefined);
  const mayReact = may("reaction", hands.where);

  useEffect(() => {
    who.value = undefined;
  }, [said.reactions]);

  const learn = async (): Promise<void> => {
    if (who.peek() === undefined) who.value = await reactors(hands, said);
  };

  return (
    <p class="reactions">
      {said.reactions.map(({ emoji, count, mine }) => (
        <button
          key={emoji}
          type="button"
          class={mine === true ? "reaction mine" : "reaction"}
          aria-pressed={mine === true}
          aria-label={`${emoji} ${count}`}
          disabled={!mayReact}
          title={listed(who.value?.get(emoji) ?? []) || undefined}
          onPointerEnter={learn}
          onFocus={learn}
          onClick={() => hands.react(said, emoji)}
        >
          <span>{emoji}</span>
          <span>{count}</span>
        </button>
      ))}
    </p>
  );
}

/** Emoji → who gave it. */
export async function reactors(
  { session, conversation }: Hands,
  { seq }: Said,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  if (seq === undefined) return found;
  const told = await session.asks.ask({ type: "reactions", conversation, message_seq: seq, limit: 200 });
  if (!told.ok) return found;
  for (const { emoji, username } of told.answer.reactions) {
    const name = session.isMe(username) ? "you" : username;
    found.set(emoji, [...(found.get(emoji) ?? []), name]);
  }
  return found;
}
