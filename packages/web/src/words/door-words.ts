// What stands at the door, by what has to be shown there.

import type { AuthMode, Registration } from "chat-hub";

/** By a name alone; by one whose token this browser keeps; by a password; by making an account; by a token. */
export type Way = "name" | "known" | "password" | "register" | "token";

interface DoorWords {
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  readonly busy: string;
  /** What becomes of what is typed. */
  readonly note: string;
}

const lead = "Talk to everyone, in rooms, or to one person.";
const stays = "You stay logged in in this browser until you log out.";

export const doorWords: Readonly<Record<Way, DoorWords>> = {
  name: {
    title: "Join the chat",
    lead,
    button: "Join",
    busy: "Joining …",
    note: "Your name stays yours in this browser: a key for it is kept here.",
  },
  known: {
    title: "Join the chat",
    lead,
    button: "Join",
    busy: "Joining …",
    note: "This browser is still logged in by this name.",
  },
  password: { title: "Log in", lead, button: "Log in", busy: "Logging in …", note: stays },
  register: { title: "Make an account", lead, button: "Make the account", busy: "Making it …", note: stays },
  token: {
    title: "Log in",
    lead: "This chat lets in whoever has a token from elsewhere: paste yours.",
    button: "Log in",
    busy: "Logging in …",
    note: "It also comes with an address that ends in #token=… and is kept in this browser until it ends.",
  },
};

/** What can be done here instead, if anything can. */
export function otherWay(
  way: Way,
  auth: AuthMode | undefined,
  registration: Registration | undefined,
): { readonly question: string; readonly button: string } | undefined {
  if (auth === "jwt") {
    return way === "known" ? { question: "Somebody else?", button: "Bring a token" } : undefined;
  }
  if (auth !== "password" || registration === "closed") return undefined;
  return way === "register"
    ? { question: "You have an account?", button: "Log in" }
    : { question: "No account yet?", button: "Make one" };
}

/** The field that a refusal is about; nothing where it is about them all. */
export function fieldOf(code: string | undefined): "name" | "secret" | "invite" | undefined {
  switch (code) {
    case "weak_password":
      return "secret";
    case "invite_needed":
      return "invite";
    case "name_taken":
    case "bad_name":
    case "looks_alike":
      return "name";
    default:
      return undefined;
  }
}

/** What the server says shortly to all, in the words of this door. */
export function refusalWords(
  {
    code,
    message,
    hint,
  }: { readonly code?: string | undefined; readonly message: string; readonly hint?: string | undefined },
  way: Way,
): { readonly message: string; readonly hint: string | undefined } {
  if (code === "not_let_in" && way === "password") {
    return { message: "The name or the password is wrong", hint: "Check both, and whether Caps Lock is on." };
  }
  if ((code === "not_let_in" || code === "malformed") && way === "token") {
    return { message: "This token is not good here", hint: "Paste all of it, or get another one." };
  }
  if (code === "name_taken" && way === "register") {
    return { message: "Somebody else has this name", hint: "Choose another one." };
  }
  if (code === "login_expired") {
    return { message: "Your login has ended", hint: "Log in again. What you were writing is still here." };
  }
  return { message, hint };
}
