// Who is kept out of the house, who may not write in it, what was done, and how much is here.

import { useSignal } from "@preact/signals";
import type { Answer, Refusal } from "chat-hub";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Session } from "../state/session.js";
import { makeClock } from "../words/clock.js";
import { sentence } from "../words/sentence.js";
import type { Order } from "./house-panel.js";

const tabs = { banned: "Banned", silenced: "Silenced", audit: "Done", stats: "Now" } as const;
type Tab = keyof typeof tabs;
type Listed = Extract<Answer, { type: "bans" | "audit" | "stats" }>;
type Ban = Extract<Answer, { type: "bans" }>["bans"][number];

const clock = makeClock();
const conversation = "everyone";
const pageRows = 100;

interface HouseListsProps {
  readonly session: Session;
  readonly order: Order;
  /** How many orders were given: after each it is asked anew. */
  readonly orders: number;
}

export function HouseLists({ session, order, orders }: HouseListsProps): JSX.Element {
  const tab = useSignal<Tab>("banned");
  const listed = useSignal<Listed | undefined>(undefined);
  const problem = useSignal<Refusal | undefined>(undefined);
  const { value: which } = tab;
  useEffect(() => {
    let left = false;
    void ask(session, which).then((told) => {
      if (left) return;
      if (told.ok) listed.value = told.answer;
      problem.value = told.ok ? undefined : told.error;
    });
    return () => {
      left = true;
    };
  }, [which, orders]);
  return (
    <>
      <fieldset class="tabs" aria-label="What to list">
        {(Object.keys(tabs) as Tab[]).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={which === one}
            onClick={() => {
              listed.value = undefined;
              tab.value = one;
            }}
          >
            {tabs[one]}
          </button>
        ))}
      </fieldset>
      <p class="box-note" role="status">
        {problem.value !== undefined && sentence(problem.value)}
        {problem.value === undefined && noteOf(listed.value)}
      </p>
      {listed.value?.type === "bans" && (
        <ul class="kept-out">
          {listed.value.bans.map((ban) => (
            <BanRow
              key={`${ban.username} ${ban.address}`}
              ban={ban}
              isBan={which === "banned"}
              order={order}
            />
          ))}
        </ul>
      )}
      {listed.value?.type === "audit" && (
        <ul class="kept-out">
          {listed.value.lines.map(({ id, at, by, action, about, detail }) => (
            <li key={id}>
              <span dir="auto">
                <b>{by === "" ? "The shell" : by}</b> {action} <bdi>{about}</bdi>
                <small>{[moment(at), detail].filter((part) => part !== "").join(" · ")}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
      {listed.value?.type === "stats" && (
        <dl class="figures">
          {Object.entries(listed.value)
            .filter(([name]) => name !== "type" && name !== "at")
            .map(([name, value]) => (
              <div key={name}>
                <dt>{name.replaceAll("_", " ")}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      )}
    </>
  );
}

function ask(session: Session, which: Tab) {
  const { asks } = session;
  if (which === "audit") return asks.ask({ type: "audit", limit: pageRows });
  if (which === "stats") return asks.ask({ type: "stats" });
  return asks.ask({ type: "bans", which, limit: pageRows });
}

function noteOf(listed: Listed | undefined): string {
  if (listed === undefined) return "Loading …";
  if (listed.type === "audit")
    return listed.lines.length === 0 ? "Nothing yet." : listed.more ? "The newest." : "";
  if (listed.type === "bans")
    return listed.count === 0 ? "Nobody." : listed.more ? `${listed.count} in all.` : "";
  return "";
}

function BanRow({ ban, isBan, order }: { ban: Ban; isBan: boolean; order: Order }): JSX.Element {
  const { username, address, by, reason, until } = ban;
  const who = [username, address].filter((part) => part !== undefined).join(" · ");
  const lift = (): void => {
    const done = `${who} can come in again.`;
    // With somebody go the addresses that were banned with them.
    const whom = username === undefined ? { address } : { username };
    if (isBan) void order({ type: "ban", conversation, ...whom, on: false }, done);
    else if (username !== undefined)
      void order({ type: "silence", conversation, username, on: false }, `${username} can write again.`);
  };
  const notes = [
    until === undefined ? "until it is lifted" : `until ${moment(until)}`,
    `by ${by === "" ? "the shell" : by}`,
    ...(reason === undefined ? [] : [reason]),
  ];
  return (
    <li>
      <span dir="auto">
        <bdi>{who}</bdi>
        <small>{notes.join(" · ")}</small>
      </span>
      <button type="button" class="small-button quiet" aria-label={`Lift: ${who}`} onClick={lift}>
        Lift
      </button>
    </li>
  );
}

function moment(at: number): string {
  return `${clock.day(at, Date.now())}, ${clock.time(at)}`;
}
