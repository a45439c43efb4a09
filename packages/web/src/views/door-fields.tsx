// The fields at the door: a text, and a secret that can be looked at.

import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: Signal<string>;
  readonly readOnly: boolean;
  readonly autocomplete: "username" | "off";
  readonly wrong?: boolean;
}

export function TextField({
  id,
  label,
  value,
  readOnly,
  autocomplete,
  wrong = false,
}: TextFieldProps): JSX.Element {
  return (
    <>
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        type="text"
        value={value.value}
        onInput={(event) => {
          value.value = event.currentTarget.value;
        }}
        readOnly={readOnly}
        required
        placeholder=" "
        dir="auto"
        autocomplete={autocomplete}
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="go"
        aria-invalid={wrong}
        aria-describedby="door-note"
      />
    </>
  );
}

interface PasswordFieldProps {
  readonly label?: string;
  readonly value: Signal<string>;
  readonly readOnly: boolean;
  readonly wrong: boolean;
  /** It is chosen here. */
  readonly isNew?: boolean;
  /** It is no password that a browser should offer to keep. */
  readonly isToken?: boolean;
}

export function PasswordField({
  label = "Password",
  value,
  readOnly,
  wrong,
  isNew = false,
  isToken = false,
}: PasswordFieldProps): JSX.Element {
  const shown = useSignal(false);
  return (
    <>
      <label for="secret">{label}</label>
      <div class="secret">
        <input
          id="secret"
          class="field"
          // The typings know no field that becomes another.
          type={(shown.value ? "text" : "password") as "password"}
          value={value.value}
          onInput={(event) => {
            value.value = event.currentTarget.value;
          }}
          readOnly={readOnly}
          required
          placeholder=" "
          autocomplete={isToken ? "off" : isNew ? "new-password" : "current-password"}
          autocapitalize="off"
          spellcheck={false}
          enterkeyhint="go"
          aria-invalid={wrong}
          aria-describedby="door-note"
        />
        <button
          type="button"
          class="door-link"
          aria-pressed={shown.value}
          onClick={() => {
            shown.value = !shown.peek();
          }}
        >
          {shown.value ? "Hide" : "Show"}
        </button>
      </div>
    </>
  );
}
