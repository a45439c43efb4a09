// Who is here and who has spoken: for /who, for Tab, and for a quiet line when somebody comes or goes.

import type { ClientEvent } from "chat-hub";
import type { Inert } from "./inert.js";
import { inert } from "./inert.js";
import type { Viewer } from "./look.js";
import { listed } from "./look.js";
import { join } from "./palette.js";

export type People = Extract<ClientEvent, { type: "people" }>;

export interface Company {
  /** Takes news; gives what is worth a line. */
  meet(people: People): readonly string[];
  spoke(name: string): void;
  /** What /who answers; `undefined` while nobody knows. */
  list(): Inert | undefined;
  /** How many are here; `undefined` while nobody knows. */
  count(): number | undefined;
  /** Names for Tab, the likeliest first. */
  names(): readonly string[];
}

/** With more people than this here, nobody's coming and going is worth a line. */
const crowd = 40;

export function createCompany(viewer: Viewer): Company {
  const { palette } = viewer;
  // Who spoke last stands last.
  const speakers = new Set<string>();
  let people: People | undefined;

  const inOrder = (names: readonly string[]): readonly string[] =>
    [...names].sort((one, other) => one.localeCompare(other));

  /** ` (busy: at lunch)`; nothing for whoever is simply here. */
  function statusOf(name: string): string {
    const { status = "online", text = "" } = people?.users.find(({ username }) => username === name) ?? {};
    const words = [...(status === "online" ? [] : [status]), ...(text === "" ? [] : [text])];
    return words.length === 0 ? "" : ` (${words.join(": ")})`;
  }

  return {
    meet(news) {
      people = news;
      if (news.count > crowd) return [];
      const came = news.came.filter((name) => name !== viewer.username);
      const left = news.left.filter((name) => name !== viewer.username);
      return [
        ...(came.length === 0 ? [] : [`${listed(came)} joined`]),
        ...(left.length === 0 ? [] : [`${listed(left)} left`]),
      ];
    },
    spoke(name) {
      speakers.delete(name);
      speakers.add(name);
    },
    list() {
      if (people === undefined) return undefined;
      const names = inOrder(people.here).map((name) =>
        join(
          name === viewer.username ? palette.strong("you") : palette.name(name)(name),
          palette.quiet(statusOf(name)),
        ),
      );
      const parts = names.flatMap((name, index) => (index === 0 ? [name] : [inert(", "), name]));
      const more = people.complete ? [] : [palette.quiet(" and others")];
      return join(palette.quiet(`${people.count} here: `), ...parts, ...more);
    },
    count: () => people?.count,
    names() {
      const names = new Set([...[...speakers].reverse(), ...inOrder(people?.here ?? [])]);
      names.delete(viewer.username);
      return [...names];
    },
  };
}
