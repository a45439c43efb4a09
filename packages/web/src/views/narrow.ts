// Whether the page is as narrow as a phone: there the list of people is a drawer. style/narrow.css says it too.

import { signal } from "@preact/signals";

const query = matchMedia("(width < 760px)");

export const narrow = signal(query.matches);

query.addEventListener("change", () => {
  narrow.value = query.matches;
});

/** A finger needs the keyboard to come when it asks for it, and not before. */
export const hasKeyboard = (): boolean => matchMedia("(pointer: fine)").matches;
