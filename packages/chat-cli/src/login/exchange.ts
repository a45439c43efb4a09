// Exchanges a password for a token, on a connection of its own, so that whoever talks for hours afterwards
// holds no password.

import type { Ending } from "../exits.js";
import { endingOf } from "../exits.js";
import type { LineOptions } from "../line.js";
import { openLine } from "../line.js";

export type Exchanged =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly ending: Ending };

/** `options` has a password; with `register` the account is made by it. */
export async function exchange(options: LineOptions & { readonly username: string }): Promise<Exchanged> {
  const { url, username } = options;
  let settle: (exchanged: Exchanged) => void = () => {};
  const settled = new Promise<Exchanged>((resolve) => {
    settle = resolve;
  });
  const line = openLine(options, (event) => {
    if (event.type === "token") settle({ ok: true, token: event.token });
    if (event.type !== "connection") return;
    const { connection } = event;
    // Busy looking at others' passwords: it is asked again.
    if (connection.state === "waiting" && connection.code === 1000) return;
    const ending = endingOf(connection, { url, username, everOnline: false, failure: line.failure() });
    if (ending !== undefined) settle({ ok: false, ending });
  });
  line.tell({ type: "started" });
  const exchanged = await settled;
  await line.close();
  return exchanged;
}
