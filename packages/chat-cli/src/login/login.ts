// What is shown to be let in: what the person brings, what is kept for them, or what they are asked for.

import type { ReadStream } from "node:tty";
import type { Entrance } from "chat-hub";
import type { Ending } from "../exits.js";
import { exits } from "../exits.js";
import type { Options } from "../options.js";
import type { Keepsake, Token } from "../token.js";
import { keepToken, openKeepsake } from "../token.js";
import { askEntrance } from "./entrance.js";
import { exchange } from "./exchange.js";
import { askHidden } from "./prompt.js";

/** What a login shows, and what becomes of tokens that the server gives. */
export interface Showing {
  readonly token: string | undefined;
  readonly password: string | undefined;
  readonly keepsake: Keepsake | undefined;
  /** A token that was made just now, for a name that it may not get. */
  readonly made: Token | undefined;
}
export type Ready =
  | { readonly ok: true; readonly showing: Showing }
  | { readonly ok: false; readonly ending: Ending };

/** Who can be asked, and how they are told something. */
export interface Asking {
  /** Absent where nobody sits at a keyboard. */
  readonly keyboard: ReadStream | undefined;
  readonly write: (text: string) => void;
  readonly say: (text: string) => void;
}

/** How often a password is asked for. */
const mostTries = 3;

export async function prepare(options: Options, folder: string, asking: Asking): Promise<Ready> {
  const { url, username, ca, brought } = options;
  const { token, password, register } = brought;
  if (token !== undefined) return ready({ token });
  const keepsake = openKeepsake(folder, url, username);
  if (register !== undefined) return makeAccount(options, keepsake, asking);
  const kept = keepsake.token();
  if (password !== undefined || kept !== undefined) return ready({ token: kept, password, keepsake });
  const entrance = await askEntrance(url, ca);
  if (entrance !== undefined && entrance.auth !== "open") return askFor(entrance, options, keepsake, asking);
  const made = keepToken(folder, url, username);
  if (made.problem !== undefined) asking.say(made.problem);
  return ready({ token: made.secret, keepsake, made: made.isNew ? made : undefined });
}

/** What was kept is good no more: is there another way in, for whoever sits there? */
export async function prepareAgain(
  options: Options,
  folder: string,
  asking: Asking,
): Promise<Ready | undefined> {
  const { url, username, ca, brought } = options;
  if (brought.token !== undefined || brought.password !== undefined) return undefined;
  const entrance = await askEntrance(url, ca);
  if (entrance === undefined || entrance.auth === "open") return undefined;
  return askFor(entrance, options, openKeepsake(folder, url, username), asking);
}

function ready({ token, password, keepsake, made }: Partial<Showing>): Ready {
  return { ok: true, showing: { token, password, keepsake, made } };
}

async function askFor(
  { auth, registration }: Entrance,
  options: Options,
  keepsake: Keepsake,
  asking: Asking,
): Promise<Ready> {
  if (auth === "jwt") return refused("this server wants a token: --token-file FILE or CHAT_TOKEN brings it");
  const { keyboard } = asking;
  if (keyboard === undefined) {
    return refused("this server wants a password: CHAT_PASSWORD or --password-file FILE brings it");
  }
  const question = `Password for ${options.username} at ${new URL(options.url).host}: `;
  const way = registration === "closed" ? "" : " (no account yet? --register makes one)";
  for (let tries = 1; ; tries += 1) {
    const password = await askHidden(question, keyboard, asking.write);
    if (password === undefined) return { ok: false, ending: { code: exits.interrupted } };
    const came = await comeIn(options, password, keepsake, asking);
    if (came.ok || came.ending.refusal !== "not_let_in" || tries === mostTries) return came;
    asking.say(`the name or the password is wrong${way}`);
  }
}

async function makeAccount(options: Options, keepsake: Keepsake, asking: Asking): Promise<Ready> {
  const { brought, url, ca } = options;
  const { password } = brought;
  if (password !== undefined) return comeIn(options, password, keepsake, asking);
  const { keyboard } = asking;
  if (keyboard === undefined) return refused("an account needs a password: CHAT_PASSWORD or --password-file");
  const entrance = await askEntrance(url, ca);
  if (entrance?.auth === "open") return refused("this server has no accounts: leave --register out");
  if (entrance?.auth === "jwt")
    return refused("accounts are not made here: --token-file FILE brings a token");
  for (let tries = 1; ; tries += 1) {
    const first = await askHidden("A password for your account: ", keyboard, asking.write);
    const again = first && (await askHidden("The same again: ", keyboard, asking.write));
    if (first === undefined || again === undefined) return { ok: false, ending: { code: exits.interrupted } };
    const came = first === again ? await comeIn(options, first, keepsake, asking) : undefined;
    if (came?.ok === true || tries === mostTries) return came ?? refused("the two passwords differ");
    if (came !== undefined && came.ending.refusal !== "weak_password") return came;
    asking.say(came?.ending.text ?? "the two differ");
  }
}

async function comeIn(
  { url, username, ca, brought }: Options,
  password: string,
  keepsake: Keepsake,
  { say }: Asking,
): Promise<Ready> {
  const exchanged = await exchange({ url, username, ca, password, register: brought.register });
  if (!exchanged.ok) return exchanged;
  const problem = keepsake.keep(exchanged.token);
  if (problem !== undefined) say(problem);
  return ready({ token: exchanged.token, keepsake });
}

function refused(text: string): Ready {
  return { ok: false, ending: { code: exits.loginRefused, text } };
}
