// Somebody says who they want to be, in the URL, by `login` or by `register`. In open mode that is for the
// store to decide; else a gate looks at what they show first.

import type { LoginWish, RegisterWish } from "../dialects/command.js";
import { events } from "../dialects/events.js";
import type { CommandId } from "../dialects/frames.js";
import type { Proof, Verified } from "../ports/gate.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { Closing } from "../tables/closings.js";
import type { RefusalCode } from "../tables/refusals.js";
import type { AskId } from "../words/ids.js";
import { objection } from "../words/newcomers.js";
import type { Pending } from "./asks.js";
import { decided, tokenWanted } from "./attempts.js";
import { wasEnded } from "./endings.js";
import { identify } from "./identity.js";
import type { Wish } from "./pass.js";
import { refuseLogin } from "./refuse-login.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { takeTurn, wordsFor } from "./turns.js";
import { readWish } from "./wish.js";

/** Somebody asks for a name, in the URL or by `login`. */
export function login(
  hub: HubState,
  connection: Connection,
  id: CommandId | undefined,
  wished: LoginWish,
  sinceBytes: number,
): void {
  const read = readWish(hub, hub.credentials.get(connection), id, wished, sinceBytes);
  if (!read.ok)
    return refuseLogin(hub, connection, id, read.fault.code, { message: read.fault.message }, "badLogin");
  const { wish, proof } = read.value;
  if (hub.auth === "open" && wish.name !== undefined) {
    const login = { ...wish, name: wish.name, pass: undefined, exchanged: undefined };
    identify(hub, connection, login, proof?.kind === "token" ? { token: proof.token } : {});
  } else if (proof === undefined) {
    const message = hub.auth === "jwt" ? "this server asks for a token" : "this server asks for a password";
    refuseLogin(hub, connection, id, "not_let_in", { message }, "notLetIn");
  } else {
    prove(hub, connection, wish, proof);
  }
}

function prove(hub: HubState, connection: Connection, wish: Wish, proof: Proof): void {
  const { name } = wish;
  const address = connection.address?.name;
  const takesLong = proof.kind === "password";
  const exchange = takesLong && connection.dialect === events;
  takeTurn(hub, {
    connection,
    wish,
    // A token is not guessed: whatever others have tried from there, it is looked at.
    wanted: takesLong ? { account: name?.key, address, takesLong } : tokenWanted,
    call: { type: "verify", name, proof, exchange, address },
  });
}

/** Somebody wants an account. */
export function register(
  hub: HubState,
  connection: Connection,
  id: CommandId | undefined,
  wished: RegisterWish,
): void {
  if (hub.auth !== "password") {
    const hint = hub.auth === "open" ? "none is needed: log in with any name that is free" : undefined;
    return refuseLogin(hub, connection, id, "registration_closed", { hint }, "notLetIn");
  }
  const { password, invite } = wished;
  const asLogin = { ...wished, token: undefined, epoch: undefined };
  const read = readWish(hub, undefined, id, asLogin, hub.limits.sinceFrameBytes);
  if (!read.ok)
    return refuseLogin(hub, connection, id, read.fault.code, { message: read.fault.message }, "badLogin");
  const { wish } = read.value;
  const { name } = wish;
  // A password says nobody's name, so the wish has one.
  if (name === undefined) return;
  const message = objection(name);
  if (message !== undefined) return refuseLogin(hub, connection, id, "bad_name", { message }, "badLogin");
  const address = connection.address?.name;
  takeTurn(hub, {
    connection,
    wish,
    wanted: { account: undefined, address, takesLong: true },
    call: { type: "register", name, password, invite, address },
  });
}

type Tried = Extract<Pending, { readonly type: "verify" | "register" }>;

/** The gate has looked at it. */
export function verified(
  hub: HubState,
  asked: AskId,
  { connection, wish, tried }: Tried,
  answer: Verified | StoreRefusal<RefusalCode>,
): void {
  decided(hub, tried, !answer.ok && answer.code === "not_let_in");
  letIn(hub, asked, connection, wish, answer);
}

/** An account is made, or not: from one address only so many are, and so many invites tried. */
export function registered(
  hub: HubState,
  asked: AskId,
  { connection, wish, tried }: Tried,
  answer: Verified | StoreRefusal<RefusalCode>,
): void {
  decided(hub, tried, answer.ok || answer.code === "invite_needed");
  letIn(hub, asked, connection, wish, answer);
}

function letIn(
  hub: HubState,
  asked: AskId,
  connection: Connection,
  wish: Wish,
  answer: Verified | StoreRefusal<RefusalCode>,
): void {
  if (connection.stage.state !== "proving") return;
  if (!answer.ok) {
    const { code } = answer;
    return refuseLogin(hub, connection, wish.id, code, wordsFor(hub, code), closingOf[code] ?? "tryLater");
  }
  const { name, account, login, admin, until, token: exchanged } = answer;
  const pass = { account, login, admin, until };
  if (wasEnded(hub, asked, pass)) return refuseLogin(hub, connection, wish.id, "not_let_in", {}, "notLetIn");
  const isOther = wish.name !== undefined && wish.name.key !== name.key;
  const proved = { ...wish, name: wish.name ?? name, pass, exchanged };
  identify(hub, connection, isOther ? { ...proved, isUnproved: true } : { ...proved, name }, { account });
}

const closingOf: { readonly [Code in RefusalCode]?: Closing } = {
  not_let_in: "notLetIn",
  login_expired: "loginEnded",
};
