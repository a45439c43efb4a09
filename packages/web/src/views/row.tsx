// One row of a log: a message, or what stands between messages.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Part } from "../words/happenings.js";
import { happening, summary } from "../words/happenings.js";
import type { Happened } from "../words/items.js";
import type { Row } from "../words/rows.js";
import type { LineProps } from "./line.js";
import { LineRow } from "./line.js";

interface RowProps extends Omit<LineProps, "said" | "follows" | "lit"> {
  readonly row: Row;
  /** The place of the line that was looked for. */
  readonly lit: number | undefined;
  readonly reveal: (keys: readonly string[]) => void;
}

/** So many are told one by one. */
const fewHappenings = 3;

export function RowView({ row, lit, reveal, ...around }: RowProps): JSX.Element {
  switch (row.type) {
    case "day":
      return <p class="day">{row.label}</p>;
    case "unread":
      return <p class="unread-from">New</p>;
    case "hole":
      return <p class="hole edge">Loading …</p>;
    case "hidden":
      return (
        <p class="happened" data-key={row.all.at(-1)?.key} data-seq={row.all.at(-1)?.seq}>
          {row.all.length === 1 ? "1 message" : `${row.all.length} messages`} hidden: blocked
          <button type="button" onClick={() => reveal(row.all.map(({ key }) => key))}>
            Show
          </button>
        </p>
      );
    case "happened":
      return <HappenedRow all={row.all} me={around.hands.session.name ?? ""} />;
    case "line": {
      const isLit = lit !== undefined && row.said.seq === lit;
      return <LineRow said={row.said} follows={row.follows} lit={isLit} {...around} />;
    }
  }
}

function HappenedRow({ all, me }: { all: readonly Happened[]; me: string }): JSX.Element {
  const open = useSignal(false);
  const isLong = all.length > fewHappenings;
  return (
    <div class="happened" data-key={all.at(-1)?.key} data-seq={all.at(-1)?.seq}>
      {isLong && (
        <p>
          {summary(all.map(({ what }) => what))}
          <button
            type="button"
            aria-expanded={open.value}
            onClick={() => {
              open.value = !open.value;
            }}
          >
            {open.value ? "Less" : "Show"}
          </button>
        </p>
      )}
      {(!isLong || open.value) &&
        all.map(({ key, what }) => (
          <p key={key} dir="auto">
            {happening(what, me).map(partView)}
          </p>
        ))}
    </div>
  );
}

function partView(part: Part, index: number): JSX.Element | string {
  if (typeof part === "string") return index === 0 ? part.charAt(0).toUpperCase() + part.slice(1) : part;
  if ("name" in part) return <bdi class="named">{part.name}</bdi>;
  return <bdi>{part.text}</bdi>;
}
