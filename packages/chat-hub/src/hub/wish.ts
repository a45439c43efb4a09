// Who somebody wants to be, as a URL or a login says it, read and judged as far as no store is needed.

import type { LoginWish } from "../dialects/command.js";
import type { CommandId } from "../dialects/frames.js";
import type { Credential, Proof } from "../ports/gate.js";
import { isPassword, isSecret } from "../shapes/words.js";
import type { Limits } from "../tables/limits.js";
import type { RefusalCode } from "../tables/refusals.js";
import { parseConversation } from "../words/conversations.js";
import type { NameKey } from "../words/ids.js";
import type { Name } from "../words/names.js";
import { parseName } from "../words/names.js";
import type { Result } from "../words/result.js";
import { fault, ok } from "../words/result.js";
import { parseSince } from "../words/since.js";
import type { Wish } from "./pass.js";
import type { HubState } from "./state/hub-state.js";

interface Fault {
  readonly code: RefusalCode;
  readonly message: string;
}

export function queryWish(query: Readonly<Record<string, string>>): LoginWish {
  const receipts = query["receipts"];
  return {
    username: query["username"] ?? "",
    token: query["token"],
    password: query["password"],
    since: query["since"],
    epoch: query["epoch"],
    receipts: receipts === "true" || receipts === "1",
    rooms: query["rooms"],
  };
}

export function readWish(
  hub: HubState,
  credential: Credential | undefined,
  id: CommandId | undefined,
  wish: LoginWish,
  sinceBytes: number,
): Result<{ readonly wish: Wish; readonly proof: Proof | undefined }, Fault> {
  const { limits } = hub;
  const proof = readProof(hub, credential, wish);
  if (!proof.ok) return proof;
  const name = readName(hub, credential, proof.value, wish);
  if (!name.ok) return name;
  const since = wish.since === undefined ? undefined : parseSince(wish.since, sinceBytes, limits);
  if (since?.ok === false) return fault({ code: "bad_since", message: since.fault });
  const rooms = readRooms(wish.rooms, limits);
  if (!rooms.ok) return rooms;
  const { epoch, receipts } = wish;
  const read = { id, name: name.value, since: since?.value, epoch, receipts, rooms: rooms.value };
  return ok({ wish: read, proof: proof.value });
}

/** What a login shows, or else what its upgrade has shown. */
function readProof(
  { auth, limits }: HubState,
  credential: Credential | undefined,
  { token, password }: LoginWish,
): Result<Proof | undefined, Fault> {
  if (token !== undefined && password !== undefined)
    return malformed("a login takes a token or a password, not both");
  if (password !== undefined && auth === "open")
    return malformed("this server knows no passwords: leave it out, and give a token to be known again");
  if (password !== undefined && auth === "jwt")
    return malformed("this server knows no passwords: give the token that you get where you log in");
  if (auth === "open") {
    // A proxy may have wanted another one of its users' browsers: it holds a name only if it can.
    const shown = credential?.kind === "token" && isSecret(credential.token, limits.tokenChars);
    if (token === undefined) return ok(shown ? { kind: "token", token: credential.token } : undefined);
  }
  const proof = proofOf(token, password) ?? credential;
  if (proof?.kind === "token") {
    const [least, most] = limits.tokenChars;
    if (!isSecret(proof.token, limits.tokenChars))
      return malformed(`a token is ${least} to ${most} visible ASCII characters`);
    return ok({ kind: "token", token: proof.token });
  }
  if (proof === undefined || auth !== "password") return ok(undefined);
  if (!isPassword(proof.password, limits))
    return malformed(`a password is 1 to ${limits.passwordChars} characters of text`);
  return ok({ kind: "password", password: proof.password });
}

function proofOf(token: string | undefined, password: string | undefined): Proof | undefined {
  if (token !== undefined) return { kind: "token", token };
  return password === undefined ? undefined : { kind: "password", password };
}

/** Where a gate is asked, a token says whose it is; where only tokens are, nothing else could. */
function readName(
  { auth, limits }: HubState,
  credential: Credential | undefined,
  proof: Proof | undefined,
  { username }: LoginWish,
): Result<Name | undefined, Fault> {
  const says = auth === "jwt" || (auth === "password" && proof?.kind === "token");
  if ((username ?? "") === "" && says) return ok(undefined);
  const shown = auth === "password" && credential?.kind === "password" ? credential.name : undefined;
  const wanted = (username ?? "") === "" ? (shown ?? username) : username;
  if (wanted === undefined) return malformed("login.username is missing: a string");
  const name = parseName(wanted, limits);
  return name.ok ? name : fault({ code: "bad_name", message: name.fault });
}

function malformed(message: string): Result<never, Fault> {
  return fault({ code: "malformed", message });
}

/** `dev,ops`: rooms to join on the way in. */
function readRooms(text: string | undefined, limits: Limits): Result<readonly NameKey[], Fault> {
  const keys = new Set<NameKey>();
  for (const name of text === undefined || text === "" ? [] : text.split(",")) {
    const room = parseConversation(name, limits);
    if (!room.ok) return fault({ code: "bad_name", message: `rooms: ${room.fault}` });
    if (room.value.kind !== "room")
      return fault({ code: "bad_name", message: "rooms: give rooms such as dev,ops" });
    keys.add(room.value.key);
  }
  if (keys.size <= limits.loginRooms) return ok([...keys]);
  return fault({ code: "limit_reached", message: `a login joins at most ${limits.loginRooms} rooms` });
}
