// Names that fit what is typed after an @.

import { useSignal } from "@preact/signals";
import { nameKey } from "chat-hub";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Hands } from "../state/hands.js";
import { candidates } from "../words/complete.js";
import { may } from "../words/may.js";

const mostShown = 6;
const mostMembers = 200;

/**
 * Those who spoke last, then the members of the room, then who is here.
 * @param letters what is typed so far; nothing while nobody is being called
 */
export function useNames(hands: Hands, letters: string | undefined): readonly string[] {
  const { session, conversation } = hands;
  const members = useSignal<readonly string[]>([]);
  const isCalling = letters !== undefined;
  useEffect(() => {
    if (!isCalling || !conversation.startsWith("#")) return;
    void session.asks.ask({ type: "members", conversation, limit: mostMembers }).then((told) => {
      if (told.ok) members.value = told.answer.members.map(({ username }) => username);
    });
  }, [isCalling]);
  if (letters === undefined) return [];
  const lines = session.reader.view.value?.lines ?? [];
  const spoke = lines.flatMap((line) => (line.kind === "message" ? [line.from] : [])).toReversed();
  const isRoom = conversation.startsWith("#");
  const here = isRoom ? [] : session.house.present.value.users.map(({ username }) => username);
  const all = isRoom && may("topic", hands.where) ? ["everyone"] : [];
  const known = new Map<string, string>();
  for (const name of [...spoke, ...members.value, ...here, ...all]) {
    if (!session.isMe(name)) known.set(nameKey(name), known.get(nameKey(name)) ?? name);
  }
  return candidates([...known.values()], letters, mostShown);
}

interface CallsProps {
  readonly names: readonly string[];
  readonly chosen: number;
  readonly choose: (name: string) => void;
}

export function Calls({ names, chosen, choose }: CallsProps): JSX.Element {
  return (
    // biome-ignore-start lint/a11y: the field below has the keyboard
    <ul class="calls" role="listbox" aria-label="Names">
      {names.map((name, index) => (
        <li
          key={name}
          role="option"
          aria-selected={index === chosen}
          // The field keeps the keyboard.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(name)}
        >
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
    // biome-ignore-end lint/a11y: the field below has the keyboard
  );
}
