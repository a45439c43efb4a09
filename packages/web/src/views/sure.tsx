// A button for what can't be undone: the first press asks, the second one does it.

import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";

interface SureProps {
  readonly class: string;
  /** What stands there after the first press. */
  readonly sure: string;
  readonly press: () => void;
  readonly children: ComponentChildren;
}

const forgottenAfterMs = 4_000;

export function Sure({ class: name, sure, press, children }: SureProps): JSX.Element {
  const asked = useSignal(false);
  useEffect(() => {
    if (!asked.value) return;
    const timer = setTimeout(() => {
      asked.value = false;
    }, forgottenAfterMs);
    return () => clearTimeout(timer);
  }, [asked.value]);
  return (
    <button
      type="button"
      class={asked.value ? `${name} asked` : name}
      onClick={() => {
        if (asked.peek()) press();
        asked.value = !asked.peek();
      }}
    >
      {asked.value ? sure : children}
    </button>
  );
}
