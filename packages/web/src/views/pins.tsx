// What is pinned in a conversation; a click leads there.

import { useSignal } from "@preact/signals";
import type { StandingMessagePayload } from "chat-hub";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Hands } from "../state/hands.js";
import { saidOf } from "../words/items.js";
import { may } from "../words/may.js";
import { sentence } from "../words/sentence.js";
import { viewLine } from "../words/standing-line.js";
import { Hit } from "./hit.js";

const settleMs = 100;

export function Pins({ hands }: { hands: Hands }): JSX.Element {
  const { session, conversation } = hands;
  const pinned = useSignal<readonly StandingMessagePayload[] | undefined>(undefined);
  const problem = useSignal("");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetch = async (): Promise<void> => {
      const told = await session.asks.ask({ type: "pins", conversation });
      problem.value = told.ok ? "" : sentence(told.error);
      pinned.value = told.ok ? told.answer.messages : [];
    };
    const forget = session.listen((entry) => {
      if (entry.conversation !== conversation || !entry.kind.startsWith("message_")) return;
      clearTimeout(timer);
      timer = setTimeout(fetch, settleMs);
    });
    void fetch();
    return () => {
      clearTimeout(timer);
      forget();
    };
  }, []);

  return (
    <div class="panel-body">
      <p class="box-note" role="status">
        {problem.value}
        {pinned.value === undefined && "Loading …"}
        {problem.value === "" && pinned.value?.length === 0 && "Nothing is pinned here."}
      </p>
      <ul class="hits">
        {pinned.value?.map((message) => (
          <li key={message.seq}>
            <Hit message={message} jump={() => hands.jump(message.seq)} session={session}>
              {message.message}
            </Hit>
            {may("pin", hands.where) && (
              <button
                type="button"
                class="small-button quiet"
                onClick={() => hands.pin(saidOf({ ...viewLine(message, session), pinned: true }))}
              >
                Unpin
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
