// Making a room: its name, what it is about, who finds it and what they may read.

import { useSignal } from "@preact/signals";
import { nameKey } from "chat-hub";
import type { JSX } from "preact";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import { sentence } from "../words/sentence.js";

interface NewRoomProps {
  readonly chat: Chat;
  readonly session: Session;
  readonly back: () => void;
}

const usualTopicChars = 300;

export function NewRoom({ chat, session, back }: NewRoomProps): JSX.Element {
  const name = useSignal("");
  const topic = useSignal("");
  const isPrivate = useSignal(false);
  const sinceJoin = useSignal(false);
  const problem = useSignal("");
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    const wanted = name.peek().trim().replace(/^#/, "");
    if (wanted === "") return;
    const ended = await session.deeds.finish({
      type: "create",
      conversation: `#${wanted}`,
      visibility: isPrivate.peek() ? "private" : "public",
      history: sinceJoin.peek() ? "since_join" : "all",
      topic: topic.peek().trim(),
    });
    if (ended.type === "refused") problem.value = sentence(ended.error);
    else chat.turnTo(ended.ack.conversation ?? `#${nameKey(wanted)}`);
  };
  return (
    <form class="new-room" onSubmit={make}>
      <label>
        Name
        <input
          class="field"
          dir="auto"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="design"
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
      </label>
      <label>
        Topic
        <input
          class="field"
          dir="auto"
          autocomplete="off"
          placeholder="What is it about?"
          maxLength={session.limits?.topic_chars ?? usualTopicChars}
          value={topic.value}
          onInput={(event) => {
            topic.value = event.currentTarget.value;
          }}
        />
      </label>
      <label class="option">
        <input
          type="checkbox"
          checked={isPrivate.value}
          onChange={({ currentTarget }) => {
            isPrivate.value = currentTarget.checked;
          }}
        />
        <span>
          Private
          <small>Only those who are invited find it and can join. It stays so.</small>
        </span>
      </label>
      <label class="option">
        <input
          type="checkbox"
          checked={sinceJoin.value}
          onChange={({ currentTarget }) => {
            sinceJoin.value = currentTarget.checked;
          }}
        />
        <span>
          Members read only what came since they joined
          <small>Otherwise all that was ever said</small>
        </span>
      </label>
      <div role="alert">{problem.value !== "" && <p class="refusal">{problem.value}</p>}</div>
      <footer class="box-foot">
        <button type="button" class="small-button quiet" onClick={back}>
          Back
        </button>
        <button type="submit" class="button" disabled={name.value.trim() === ""}>
          Make the room
        </button>
      </footer>
    </form>
  );
}
