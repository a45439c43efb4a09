// Looking after the house: what is said to all and holds for all, what is done about somebody, who is kept out, and
// what was done.

import { useSignal } from "@preact/signals";
import type { Deed } from "chat-hub";
import type { JSX } from "preact";
import type { Session } from "../state/session.js";
import { sentence } from "../words/sentence.js";
import { HouseLists } from "./house-lists.js";
import { Somebody } from "./somebody.js";

/** Has something ordered; tells whether it was done, and says what became of it. */
export type Order = (deed: Deed, done: string) => Promise<boolean>;

const paces = [0, 5, 10, 30, 60, 300, 3_600] as const;

export function HousePanel({ session }: { session: Session }): JSX.Element {
  const said = useSignal("");
  /** Whatever is listed is asked for anew. */
  const orders = useSignal(0);
  const order: Order = async (deed, done) => {
    const ended = await session.deeds.finish(deed);
    said.value = ended.type === "refused" ? sentence(ended.error) : done;
    orders.value += 1;
    return ended.type !== "refused";
  };
  return (
    <div class="panel-body">
      <p class="form-note" role="status" dir="auto">
        {said.value}
      </p>
      <h3>All who are here</h3>
      <Announcing order={order} />
      <Rules session={session} order={order} />
      <h3>Somebody</h3>
      <Somebody session={session} order={order} />
      <HouseLists session={session} order={order} orders={orders.value} />
    </div>
  );
}

function Announcing({ order }: { order: Order }): JSX.Element {
  const typed = useSignal("");
  const announce = async (event: Event): Promise<void> => {
    event.preventDefault();
    const message = typed.peek().trim();
    if (message !== "" && (await order({ type: "announce", message }, "All were told."))) typed.value = "";
  };
  return (
    <form class="inline-form" onSubmit={announce}>
      <input
        class="field"
        dir="auto"
        aria-label="Announcement"
        placeholder="Say something to all"
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="small-button" disabled={typed.value.trim() === ""}>
        Announce
      </button>
    </form>
  );
}

function Rules({ session, order }: { session: Session; order: Order }): JSX.Element {
  const { slow_mode, read_only } = session.house.rules.value;
  const steps = [...new Set([...paces, slow_mode])].sort((one, other) => one - other);
  return (
    <>
      <label class="option">
        <input
          type="checkbox"
          checked={read_only}
          onChange={({ currentTarget: { checked: on } }) =>
            void order({ type: "readOnly", on }, on ? "Nobody but admins can write." : "Everybody can write.")
          }
        />
        <span>
          Read-only
          <small>Nobody but admins writes</small>
        </span>
      </label>
      <label class="option pace">
        <span>
          How often
          <small>Each person, to everyone</small>
        </span>
        <select
          class="field"
          value={slow_mode}
          onChange={({ currentTarget: { value } }) =>
            void order({ type: "slow", conversation: "everyone", seconds: Number(value) }, "So it is now.")
          }
        >
          {steps.map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds === 0 ? "As they like" : `One message in ${seconds} s`}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
