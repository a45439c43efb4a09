// The log by keyboard: the arrows go from line to line, Enter opens what can be done with one.

import type { Hands } from "../state/hands.js";

export function walkLines(event: KeyboardEvent, hands: Hands): void {
  const { key, currentTarget, target } = event;
  if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
  const isLine = target.localName === "article";
  if (event.ctrlKey || event.metaKey || event.altKey || (!isLine && target !== currentTarget)) return;
  if (key === "Enter" && isLine) {
    hands.menu.value = target.dataset["key"];
  } else if (key === "ArrowUp" || key === "ArrowDown") {
    const lines = [...currentTarget.querySelectorAll<HTMLElement>("article")];
    const next = isLine
      ? lines.indexOf(target) + (key === "ArrowUp" ? -1 : 1)
      : lastInView(lines, currentTarget);
    lines[next]?.focus({ preventScroll: true });
    lines[next]?.scrollIntoView({ block: "nearest" });
  } else return;
  event.preventDefault();
}

function lastInView(lines: readonly HTMLElement[], log: HTMLElement): number {
  const { bottom } = log.getBoundingClientRect();
  return lines.findLastIndex((line) => line.getBoundingClientRect().bottom <= bottom + 1);
}
