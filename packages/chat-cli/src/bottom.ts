// What stands below all that was printed: what waits to be sent, how things stand, and the draft behind its prompt.

import type { Editor } from "./editor.js";
import { inert } from "./inert.js";
import { layOut, rowOf } from "./layout.js";
import { now } from "./line.js";
import type { Palette } from "./palette.js";
import type { Bottom } from "./screen.js";
import type { Talk } from "./talk/talk.js";
import { clip, columnsOf } from "./width.js";

export interface Typed {
  readonly editor: Editor;
  /** What is typed of a secret: only that something is can be seen. */
  readonly hidden: Editor;
}

export function layOutBottom(
  talk: Talk,
  { editor, hidden }: Typed,
  palette: Palette,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Bottom {
  const at = now();
  const { signs, warning, secret, room, good, command } = palette;
  const question = talk.hidden();
  if (question !== undefined) {
    const prompt = rowOf(`${clip(inert(question), columns / 2)} ${signs.prompt} `, warning);
    const stars = { ...hidden, text: "*".repeat(hidden.text.length), head: { length: 0, paint: inert } };
    return { above: [...talk.waiting(columns, at)], draft: layOut(prompt, stars, columns) };
  }
  const standing = talk.standing(at);
  const target = talk.target();
  const head = /^([@#][\p{L}\p{Nd}]\S*|\/\S*)/u.exec(editor.text)?.[0] ?? "";
  const looks = { "@": secret, "#": room, "/": command } as const;
  const look = looks[(head.charAt(0) || target.charAt(0)) as keyof typeof looks];
  const sign = standing !== "" ? warning : (look ?? good);
  const words = standing === "" || columnsOf(standing) > columns / 2 ? target : standing;
  const prompt = rowOf(`${clip(inert(words), columns / 2)}${words === "" ? "" : " "}${signs.prompt} `, sign);
  const draft = { ...editor, head: { length: head.length, paint: look ?? command } };
  // A low screen has room for what is said, and for nothing about it.
  const bar = rows < 6 ? [] : [talk.bar(editor.text, columns)];
  return { above: [...talk.waiting(columns, at), ...bar], draft: layOut(prompt, draft, columns) };
}
