// The options from their three sources: which counts, what is said about what is wrong, and that what is printed
// can be read again.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { saidByFile } from "../dist/options/config-file.js";
import { nearest } from "../dist/options/nearest.js";
import { flagOf, keyOf, variablesOf } from "../dist/options/option.js";
import { printConfig } from "../dist/options/print-config.js";
import { BadOptions, saidByEnvironment, saidByFlags } from "../dist/options/said.js";
import { settleAll } from "../dist/options/serving.js";
import type { Settled } from "../dist/options/settle.js";
import { optionRows, options } from "../dist/options/table.js";

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "options-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "chat.toml");
  writeFileSync(path, text);
  return path;
}

function settled(flags: Record<string, unknown>, env: Record<string, string> = {}): Settled {
  return settleAll([saidByFlags(flags), saidByEnvironment(env)]);
}

function faults(flags: Record<string, unknown>, env: Record<string, string> = {}): readonly string[] {
  try {
    settled(flags, env);
  } catch (error) {
    if (error instanceof BadOptions) return error.lines;
    throw error;
  }
  throw new Error("nothing was wrong");
}

/** A value of each option other than its default, as text. */
const others: Readonly<Record<keyof typeof options, readonly string[]>> = {
  port: ["9001"],
  host: ["::1"],
  tlsCert: ["cert.pem"],
  tlsKey: ["key.pem"],
  store: ["memory"],
  data: ['/srv/ein "Chat"/\u00fc'],
  history: ["since_join"],
  record: ["new.jsonl"],
  auth: ["jwt"],
  yesOpen: ["true"],
  registration: ["invite"],
  loginLife: ["12h"],
  jwtSecretFile: ["secret"],
  jwtKeyFile: ["key.pem"],
  jwtJwksUrl: ["https://issuer.example/keys"],
  jwtIssuer: ["https://issuer.example"],
  jwtAudience: ["chat", "mail"],
  jwtAnyAudience: ["true"],
  jwtSkew: ["90s"],
  jwtNameClaim: ["nick"],
  jwtAdminClaim: ["roles=keeper"],
  origin: ["https://a.example", "http://b.example:8080"],
  keep: ["90d"],
  nameHold: ["90s"],
  limits: ["off"],
  trustProxy: ["loopback", "10.0.0.0/8"],
  proxyHeader: ["forwarded"],
  logLevel: ["debug"],
  logFormat: ["json"],
  adminPort: ["9101"],
  adminHost: ["0.0.0.0"],
  metrics: ["public"],
  config: ["chat.toml"],
};

const jwt = {
  auth: "jwt",
  jwtSecretFile: "secret",
  jwtIssuer: "https://issuer.example",
  jwtAudience: ["chat"],
};

/** What an option can't be without. */
const companions: Partial<Record<keyof typeof options, Record<string, unknown>>> = {
  auth: { ...jwt, auth: undefined },
  jwtSecretFile: { ...jwt, jwtSecretFile: undefined },
  jwtKeyFile: { ...jwt, jwtSecretFile: undefined },
  jwtJwksUrl: { ...jwt, jwtSecretFile: undefined },
  jwtIssuer: { ...jwt, jwtIssuer: undefined },
  jwtAudience: { ...jwt, jwtAudience: undefined },
  jwtAnyAudience: { ...jwt, jwtAudience: undefined },
  jwtSkew: jwt,
  jwtNameClaim: jwt,
  jwtAdminClaim: jwt,
  registration: { auth: "password" },
  loginLife: { auth: "password" },
  tlsCert: { tlsKey: "key.pem" },
  tlsKey: { tlsCert: "cert.pem" },
};

/** What can't be said together with others. */
const alternatives: readonly string[] = [
  "jwtKeyFile",
  "jwtJwksUrl",
  "jwtAnyAudience",
  "registration",
  "loginLife",
];

test("every option has a name of its own in each of the three places", () => {
  for (const names of [
    optionRows.map(([name]) => flagOf(name)),
    optionRows.map(([name]) => keyOf(name)),
    optionRows.flatMap(([name, row]) => variablesOf(name, row)),
  ])
    expect(new Set(names).size).toBe(names.length);
  expect(flagOf("nameHold")).toBe("--name-hold");
  expect(variablesOf("port", options.port)).toEqual(["CHAT_PORT", "PORT"]);
});

test.each(optionRows.filter(([, { notInFile }]) => notInFile !== true))(
  "%s: a flag counts before the environment, that before the file, and the file before the default",
  (name, row) => {
    const texts = others[name];
    const byDefault = row.default === undefined ? texts : row.kind.write(row.default);
    const value = row.kind.read(texts);
    expect(value).not.toEqual(row.default);
    const [variable = ""] = variablesOf(name, row);
    const said = (list: readonly string[]) => JSON.stringify(row.kind.many ? list : list[0]);
    const toml = (list: readonly string[]) => `${keyOf(name)} = ${row.kind.bare ? list[0] : said(list)}\n`;
    const companion = companions[name];
    const flag = (list: readonly string[]) => ({ [name]: row.kind.many ? list : list[0] });

    expect(settled({}).settings[name]).toEqual(row.default);
    const config = file(toml(texts));
    const inFile = settled({ ...companion, config });
    expect(inFile.settings[name]).toEqual(value);
    expect(inFile.where.get(name)).toBe(`${keyOf(name)} in ${config}`);
    const inEnvironment = settled(
      { ...companion, config: file(toml(byDefault)) },
      { [variable]: texts.join(",") },
    );
    expect(inEnvironment.settings[name]).toEqual(value);
    expect(inEnvironment.where.get(name)).toBe(variable);
    if (row.secret) return;
    const asFlag = settled({ ...companion, config, ...flag(texts) }, { [variable]: byDefault.join(",") });
    expect(asFlag.settings[name]).toEqual(value);
    expect(asFlag.where.get(name)).toBe(flagOf(name));
  },
);

test("what --print-config prints is a file that comes to the same", () => {
  const flags = Object.fromEntries(
    optionRows
      .filter(([name, { secret, notInFile }]) => !(secret || notInFile || alternatives.includes(name)))
      .map(([name, { kind }]) => [name, kind.many ? others[name] : others[name][0]]),
  );
  const first = settled(flags);
  const again = settled({ config: file(printConfig(first, "0.0.0")) });
  expect({ ...again.settings, config: undefined }).toEqual(first.settings);
  const byDefault = settled({ config: file(printConfig(settled({}), "0.0.0")) });
  expect({ ...byDefault.settings, config: undefined }).toEqual(settled({}).settings);
});

test("it says where each was said", () => {
  const config = file('history = "since_join"\n');
  const lines = printConfig(settled({ port: "9000", config }, { CHAT_STORE: "memory" }), "0.0.0").split("\n");
  expect(lines).toContainEqual(expect.stringMatching(/^port = 9000 +# --port$/));
  expect(lines).toContainEqual(expect.stringMatching(/^store = "memory" +# CHAT_STORE$/));
  expect(lines).toContainEqual(expect.stringMatching(/^history = "since_join" +# history in .*chat\.toml$/));
  expect(lines).toContainEqual(expect.stringMatching(/^host = "127\.0\.0\.1" +# default$/));
});

test("an empty variable says nothing", () => {
  expect(settled({}, { CHAT_PORT: "", PORT: "9000" }).settings.port).toBe(9000);
});

test("a variable that is nearly an option is a slip; others may be somebody else's", () => {
  expect(faults({}, { CHAT_AUHT: "password", CHAT_NAMEHOLD: "1d" })).toEqual([
    "CHAT_AUHT in the environment: there is no such option; did you mean CHAT_AUTH?",
    "CHAT_NAMEHOLD in the environment: there is no such option; did you mean CHAT_NAME_HOLD?",
  ]);
  const others = { CHAT_TOKEN: "x", CHAT_URL: "ws://x", CHAT_INVITE: "x", CHAT_COLOURS: "x", AUHT: "x" };
  expect(settled({}, others).settings.auth).toBe("open");
});

test("what would do nothing, or undo itself, is refused", () => {
  expect(faults({ registration: "open" })).toEqual(["--registration counts only with --auth password"]);
  expect(faults({ loginLife: "1d" })).toEqual(["--login-life counts only with --auth password"]);
  expect(faults({ auth: "password", loginLife: "59s" })).toEqual([
    "--login-life is at least 1m: a login must last until it is refreshed",
  ]);
  expect(faults({ port: "8001", adminPort: "8001" })).toEqual([
    "--port and --admin-port are both 8001: give the figures another one",
  ]);
  expect(settled({ port: "0", adminPort: "0" }).settings.adminPort).toBe(0);
  for (const everybody of ["0.0.0.0/0", "::/0"])
    expect(faults({ trustProxy: [everybody] })).toEqual([
      "--trust-proxy can't be everybody: then anyone says of themselves who they are; name the proxies",
    ]);
});

test("all that is wrong is told at once, a line each, from all three places", () => {
  const config = file('stor = "memory"\nname-hold = "7d"\nlimits = ["on", "off"]\n[more]\nport = 1\n');
  const lines = faults({ config, port: "x" }, { CHAT_HISTORY: "some" });
  expect(lines.map((line) => line.replaceAll(config, "FILE"))).toEqual([
    "stor in FILE: there is no such option; did you mean store?",
    "name-hold in FILE: there is no such option; did you mean name_hold?",
    "more in FILE: there is no such option; --print-config lists them all",
    "--port x: a port is a number from 0 to 65535",
    "CHAT_HISTORY=some: allowed choices are all, since_join",
  ]);
  for (const line of lines) expect(line).not.toContain("\n");
});

test("a value of the wrong sort in the file is one line with where it stands", () => {
  const told = (text: string) =>
    faults({ config: file(text) }).map((line) => line.replace(/\/\S*chat/, "chat"));
  expect(told('port = "many"')).toEqual(["port in chat.toml, many: a port is a number from 0 to 65535"]);
  expect(told("port = [1, 2]")).toEqual(["port in chat.toml, 1, 2: one value is expected"]);
  expect(told("host = 2026-11-22")).toEqual([expect.stringMatching(/^host in chat\.toml: it is a text/)]);
  expect(told("config = 'other.toml'")).toEqual([
    expect.stringMatching(/^config in chat\.toml: there is no/),
  ]);
});

test("a file that is no TOML is one line with the place, and without what stands there", () => {
  const path = file('port = 1\njwt_secret = "canary-in-a-file\n');
  const [line, more] = faults({ config: path });
  expect(more).toBeUndefined();
  expect(line).toMatch(new RegExp(`^${path}:2:\\d+: [^\\n]+$`));
  expect(line).not.toContain("canary");
});

test("a file that can't be read is named, and how it was named", () => {
  expect(faults({ config: "/nowhere/chat.toml" })).toEqual([
    "can't read the config file /nowhere/chat.toml: there is no such file; --config or CHAT_CONFIG names it",
  ]);
  expect(faults({}, { CHAT_CONFIG: tmpdir() })).toEqual([expect.stringContaining("it is a folder")]);
});

test("CHAT_CONFIG names the file as well", () => {
  const config = file("port = 9002\n");
  expect(settled({}, { CHAT_CONFIG: config }).settings.port).toBe(9002);
  expect([...saidByFile(config).keys()]).toEqual(["port"]);
});

test("the nearest is found whatever joins its words, and nothing is made up", () => {
  const keys = ["port", "name_hold", "tls_cert"];
  expect(nearest("nameHold", keys)).toBe("name_hold");
  expect(nearest("tls-cret", keys)).toBe("tls_cert");
  expect(nearest("prot", keys)).toBe("port");
  expect(nearest("colour", keys)).toBeUndefined();
});
