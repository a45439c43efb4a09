// A box over the page: closed by Escape, by its button, and by a click beside it.

import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import { IconButton } from "./icons.js";

interface BoxProps {
  readonly chat: Chat;
  readonly label: string;
  readonly class: string;
  /** Its label is drawn, with a button to close it. */
  readonly titled?: boolean;
  readonly children: ComponentChildren;
}

export function BoxView({ chat, label, class: name, titled = false, children }: BoxProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  const close = (): void => dialog.current?.close();
  return (
    <dialog
      class={`box ${name}`}
      ref={dialog}
      aria-label={label}
      onClose={() => {
        chat.box.value = undefined;
      }}
      // A click on the dialog itself is one beside its content.
      onClick={(event) => event.target === dialog.current && close()}
      onKeyDown={() => undefined}
    >
      {titled && (
        <header class="box-top">
          <h2>{label}</h2>
          <IconButton of="close" label="Close" press={close} />
        </header>
      )}
      {children}
    </dialog>
  );
}
