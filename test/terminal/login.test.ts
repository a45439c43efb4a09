// Where there are accounts: how a person at a terminal, and a script, comes in and leaves; and a server that
// speaks TLS.

import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeCertificate, writeCertificate } from "../support/certificate.js";
import { runServer, startServer, temporaryFolder } from "../support/server-process.js";
import { flagsForSigned, signedToken } from "../support/signed-token.js";
import { Person } from "./person.js";
import { Piped } from "./program.js";

const password = "four words nobody guesses";
const newer = "five words nobody ever guesses";
const flags = ["--auth", "password", "--registration", "open"];

interface Place {
  readonly url: string;
  readonly state: string;
}

async function place(more: readonly string[] = flags): Promise<Place> {
  const server = await startServer(temporaryFolder(), { flags: more });
  return { url: server.url, state: temporaryFolder() };
}

function runs({ url, state }: Place, args: readonly string[], env: Record<string, string> = {}): Piped {
  return new Piped(["--username", "alice", "--url", url, ...args], state, env);
}

const makes = (where: Place): Promise<unknown> =>
  runs(where, ["--register"], { CHAT_PASSWORD: password }).endsInput("hello\n");

function tokens({ state }: Place): string[] {
  const folder = join(state, "chat-cli", "tokens");
  return readdirSync(folder).map((name) => join(folder, name));
}

describe("through a pipe", () => {
  test("an account is made with the password of the environment; the token that comes back is kept and used", async () => {
    const where = await place();
    expect(await makes(where)).toEqual({ code: 0, out: [], notes: [] });
    const [file = "", ...others] = tokens(where);
    expect(others).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).not.toContain(password);
    expect(await runs(where, []).endsInput("again\n")).toEqual({ code: 0, out: [], notes: [] });
  });

  test("an account is made with an invite, once, where one is asked for", async () => {
    const folder = temporaryFolder();
    const server = await startServer(folder, { flags: ["--auth", "password", "--registration", "invite"] });
    const where = { url: server.url, state: temporaryFolder() };
    const code = (await runServer(["user", "invite", "--data", folder])).out.trim();
    const withPassword = { CHAT_PASSWORD: password };
    for (const args of [["--register"], ["--register", "--invite", "a-code-that-nobody-made"]]) {
      const refused = await runs(where, args, withPassword).endsInput("");
      expect(refused).toMatchObject({ code: 4, notes: [expect.stringContaining("invite")] });
    }
    const made = await runs(where, ["--register", "--invite", code], withPassword).endsInput("hello\n");
    expect(made).toEqual({ code: 0, out: [], notes: [] });
    expect(await runs(where, []).endsInput("again\n")).toEqual({ code: 0, out: [], notes: [] });
    const other = new Piped(
      ["--username", "bob", "--url", where.url, "--register", "--invite", code],
      temporaryFolder(),
      withPassword,
    );
    expect(await other.endsInput("")).toMatchObject({ code: 4 });
  });

  test("a password may stand in a file, and is what is left when the kept token is good no more", async () => {
    const where = await place();
    await makes(where);
    const file = join(temporaryFolder(), "password");
    writeFileSync(file, `${password}\n`);
    const [kept = ""] = tokens(where);
    const stale = JSON.parse(readFileSync(kept, "utf8")) as { token: string };
    writeFileSync(kept, JSON.stringify({ ...stale, token: "a-token-that-nobody-gave" }));
    const came = await runs(where, ["--password-file", file]).endsInput("in\n");
    expect(came).toEqual({ code: 0, out: [], notes: [] });
    expect(readFileSync(kept, "utf8")).not.toContain("a-token-that-nobody-gave");
    expect(await runs(where, []).endsInput("and again\n")).toMatchObject({ code: 0 });
  });

  test("what is wrong is one line with the way out, and code 4", async () => {
    const where = await place();
    await makes(where);
    const elsewhere = { ...where, state: temporaryFolder() };
    const notes = async (
      args: readonly string[],
      env?: Record<string, string>,
    ): Promise<readonly string[]> => {
      const ended = await runs(elsewhere, args, env).endsInput("");
      expect(ended.code).toBe(4);
      return ended.notes;
    };
    expect(await notes([])).toEqual([
      "this server wants a password: CHAT_PASSWORD or --password-file FILE brings it",
    ]);
    expect((await notes([], { CHAT_PASSWORD: "not the one at all" }))[0]).toMatch(
      /^alice is not let in: the name, or the password or token for it, is wrong \(/,
    );
    expect((await notes(["--register"], { CHAT_PASSWORD: password }))[0]).toMatch(
      /^alice is not let in: somebody else has this name \(/,
    );
    expect((await notes(["--register"]))[0]).toMatch(/^an account needs a password/);
  });

  test("nothing that is printed as JSON has a token or a password in it", async () => {
    const where = await place();
    const ended = await runs(where, ["--register", "--json"], { CHAT_PASSWORD: password }).endsInput("hi\n");
    expect(ended.code).toBe(0);
    const [file = ""] = tokens(where);
    const { token } = JSON.parse(readFileSync(file, "utf8")) as { token: string };
    expect(ended.out.length).toBeGreaterThan(3);
    expect(ended.out.join("\n")).not.toContain(token);
    expect(ended.out.join("\n")).not.toContain(password);
  });

  test("an open server asks for nothing, and says so to whoever wants an account", async () => {
    const where = await place([]);
    expect(await runs(where, []).endsInput("hi\n")).toMatchObject({ code: 0 });
    const made = await runs(where, ["--register"], { CHAT_PASSWORD: password }).endsInput("hi\n");
    expect(made).toMatchObject({ code: 4 });
    expect(made.notes[0]).toMatch(/nobody can make an account/);
  });
});

describe("at a terminal", () => {
  test("the password is asked for, without a letter of it on the screen; a wrong one may be tried again", async () => {
    const where = await place();
    await makes(where);
    const alice = Person.sitsDown("alice", { url: where.url, state: temporaryFolder() });
    const asked = (): number => alice.lines().join("\n").split("Password for alice at").length - 1;
    await alice.until(() => asked() === 1, "is not asked");
    alice.types("not the one", "\r");
    await alice.until(() => asked() === 2, "is not asked again");
    expect(alice.lines().join("\n")).toContain("the name or the password is wrong");
    alice.types("four words nobody guessed", "\u007f\u007f", "es", "\r");
    await alice.reads("hello");
    await alice.isOnline();
    expect(alice.lines().join("\n")).not.toMatch(/words|not the one/);
  });

  test("an account is made by a password that is typed twice", async () => {
    const where = await place();
    const alice = Person.sitsDown("alice", { ...where, flags: ["--register"] });
    const says = (text: string): Promise<void> =>
      alice.until(() => alice.lines().join("\n").includes(text), `is not told ${text}`);
    await says("A password for your account:");
    alice.types(password, "\r");
    await says("The same again:");
    alice.types(password, "\r");
    await alice.isOnline();
    alice.types("/quit", "\r");
    await alice.ends(0);
    const again = Person.sitsDown("alice", where);
    await again.isOnline();
  });

  test("Ctrl-C at the password leaves, and the terminal is as it was", async () => {
    const where = await place();
    const alice = Person.sitsDown("alice", where);
    await alice.until(() => alice.lines().join("\n").includes("Password for"), "is not asked");
    alice.types("\u0003");
    await alice.leaves(130);
  });

  test("sessions are listed and ended; another password ends the others; logout asks for it again", async () => {
    const where = await place();
    await makes(where);
    const elsewhere = { ...where, state: temporaryFolder() };
    await runs(elsewhere, [], { CHAT_PASSWORD: password }).endsInput("");
    const alice = Person.sitsDown("alice", where);
    await alice.isOnline();
    alice.types("/sessions", "\r");
    await alice.reads("logged in 2 times; /logout N ends one", "this one, since", "nobody is here by it");
    const listed = alice.lines().find((line) => line.includes("nobody is here")) ?? "";
    alice.types(`/logout ${/\d+/.exec(listed)?.[0]}`, "\r");
    await alice.reads("that login has ended");
    expect(await runs(elsewhere, []).endsInput("")).toMatchObject({ code: 4 });

    alice.types("/password", "\r");
    const prompts = (text: string): Promise<void> =>
      alice.until(() => alice.lines().at(-1)?.startsWith(text) === true, `is not asked for ${text}`);
    await prompts("your password now");
    alice.types(password);
    await prompts("your password now ❯ ****");
    alice.types("\r");
    await prompts("the new one ❯");
    alice.types(newer, "\r");
    await prompts("the new one again");
    alice.types(newer, "\r");
    await alice.reads("your password is another one now");
    await alice.isOnline();
    expect(await runs(elsewhere, [], { CHAT_PASSWORD: password }).endsInput("")).toMatchObject({ code: 4 });
    expect(await runs(elsewhere, [], { CHAT_PASSWORD: newer }).endsInput("")).toMatchObject({ code: 0 });

    alice.types("/logout", "\r");
    await alice.ends(0);
    expect(alice.lines().join("\n")).not.toContain("words");
    expect(tokens(where)).toEqual([]);
  });
});

test("an admin announces, slows down and silences from the terminal; whoever is silenced is told", async () => {
  const folder = temporaryFolder();
  const server = await startServer(folder);
  const bob = Person.sitsDown("bob", { url: server.url, state: temporaryFolder(), columns: 100 });
  const alice = Person.sitsDown("alice", { url: server.url, state: temporaryFolder(), columns: 100 });
  await Promise.all([bob.isOnline(), alice.isOnline()]);
  alice.types("/announce too early", "\r");
  await alice.reads("announce too early: only those who look after the house may do this");
  expect((await runServer(["admin", "grant", "alice", "--data", folder])).code).toBe(0);
  alice.types("/announce tea is ready", "\r");
  await bob.reads("alice announces: tea is ready");
  alice.types("/slow 30 everyone", "\r");
  await bob.reads("slow mode: one message to everyone in 30 seconds");
  alice.types("/slow 0 everyone", "\r");
  await bob.reads("everybody can write");
  alice.types("/silence bob everyone 600", "\r");
  const done = (): number => alice.talk().filter((line) => line.endsWith("it is done")).length;
  await alice.until(() => done() === 4, "is not told that all is done");
  bob.types("hear me", "\r");
  await bob.reads("not sent: you may not write here for now");
  alice.types("/readonly on we move house", "\r");
  await bob.reads("nobody can write for now: we move house");
});

describe("where tokens are signed elsewhere", () => {
  const signedPlace = (): Promise<Place> =>
    place(["--store", "memory", ...flagsForSigned(temporaryFolder())]);

  test("one comes from the environment, and without one the way is told", async () => {
    const where = await signedPlace();
    expect(await runs(where, [], { CHAT_TOKEN: signedToken("alice") }).endsInput("hi\n")).toMatchObject({
      code: 0,
      notes: [],
    });
    expect(await runs(where, []).endsInput("hi\n")).toEqual({
      code: 4,
      out: [],
      notes: ["this server wants a token: --token-file FILE or CHAT_TOKEN brings it"],
    });
    const other = await runs(where, [], { CHAT_TOKEN: signedToken("mallory") }).endsInput("");
    expect(other.notes[0]).toMatch(
      /^alice is not let in: the name, or the password or token for it, is wrong/,
    );
  });

  test("its file is read again in time; where no newer one stands there the login ends, and says so", async () => {
    const where = await signedPlace();
    const file = join(temporaryFolder(), "token");
    writeFileSync(file, signedToken("alice", 6));
    const ends = Date.now() + 6_000;
    const alice = Person.sitsDown("alice", { ...where, columns: 90, flags: ["--token-file", file] });
    await alice.isOnline();
    const stays = { ...where, state: temporaryFolder(), columns: 90 };
    const bob = Person.sitsDown("bob", { ...stays, env: { CHAT_TOKEN: signedToken("bob", 6) } });
    await bob.isOnline();
    writeFileSync(file, signedToken("alice"));
    await bob.leaves(4);
    expect(bob.lines().join("\n")).toContain("bob: this login has ended (start again to log in)");
    await alice.until(() => Date.now() > ends + 2_000, "has no patience");
    alice.types("still here", "\r");
    await alice.reads("you still here");
  }, 40_000);
});

describe("wss", () => {
  const certificate = makeCertificate();

  const secure = async (): Promise<Place & { readonly cert: string }> => {
    const { cert, key } = writeCertificate(temporaryFolder(), certificate);
    const { url, state } = await place(["--tls-cert", cert, "--tls-key", key]);
    return { url: url.replace("ws:", "wss:"), state, cert };
  };

  test("a certificate of one's own is trusted with --ca, and without it named with the way out", async () => {
    const where = await secure();
    expect(await runs(where, ["--ca", where.cert]).endsInput("hi\n")).toMatchObject({ code: 0, notes: [] });
    const ended = await runs(where, []).endsInput("");
    expect(ended.code).toBe(3);
    expect(ended.notes[0]).toMatch(/signed by nobody whom this machine trusts\. If it is yours, --ca FILE/);
  });

  test("TLS where there is none, and none where there is, are told with the other address", async () => {
    const where = await secure();
    const bare = await runs({ ...where, url: where.url.replace("wss:", "ws:") }, []).endsInput("");
    expect(bare.code).toBe(3);
    expect(bare.notes[0]).toContain(`try ${where.url}`);
    const open = await place([]);
    const tls = await runs({ ...open, url: open.url.replace("ws:", "wss:") }, []).endsInput("");
    expect(tls.code).toBe(3);
    expect(tls.notes[0]).toMatch(/it does not speak TLS\. Try ws:/);
  });
});
