// A gate with what it needs around it: a key that it is told, records in memory, a clock that a test turns,
// and what it said.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  AuditLine,
  Gate,
  GateAnswer,
  GateCall,
  Keep,
  KeptRecord,
  ListRecords,
  Name,
  Recall,
  RecordChange,
  WallMillis,
} from "chat-hub";
import { defaultLimits, parseName } from "chat-hub";
import type { AskRecords, JwtChoice, KeyChoice } from "chat-server";
import { openGate } from "chat-server";
import { onTestFinished } from "vitest";
import type { Signer } from "./issuer.ts";
import { audience, issuer } from "./issuer.ts";

export const skewSeconds = 30;

/** What was asked at last may still be unanswered. */
type Answered = (answer: GateAnswer) => void;

export class Gatehouse {
  /** Now, in seconds since 1970. */
  second = 1_800_000_000;
  /** What it said to whoever runs the server. */
  readonly lines: string[] = [];
  readonly records = new Map<string, KeptRecord>();
  readonly audit: AuditLine[] = [];
  /** The store is out of order. */
  storeFails = false;
  /** The store was asked what is revoked; its answer, as it stood then, waits for what this gives. */
  recalled: () => Promise<void> = () => Promise.resolve();
  readonly opened: Promise<Gate<Answered> | undefined>;

  constructor(keys: KeyChoice, changed: Partial<JwtChoice> = {}) {
    const choice = { keys, issuer, audience: [audience], skewMs: skewSeconds * 1000, ...changed };
    const options = {
      limits: defaultLimits,
      records: this.#ask as AskRecords,
      answer: (answered: Answered, answer: GateAnswer) => answered(answer),
      ended: () => {
        throw new Error("nobody ends a login but who asks it to");
      },
      warn: (line: string) => void this.lines.push(line),
      now: () => this.second * 1000,
    };
    this.opened = openGate<Answered>({ mode: "jwt", ...choice }, options);
    onTestFinished(async () => (await this.opened.catch(() => undefined))?.close());
  }

  get at(): WallMillis {
    return (this.second * 1000) as WallMillis;
  }

  asks(call: GateCall): Promise<GateAnswer> {
    return new Promise((resolve, reject) => {
      this.opened.then((gate) => gate?.ask(resolve, call)).catch(reject);
    });
  }

  shows(token: string, name?: Name): Promise<GateAnswer> {
    const proof = { kind: "token", token } as const;
    return this.asks({ type: "verify", name, proof, exchange: false, address: undefined, at: this.at });
  }

  goesOn(account: string, login: string, token: string): Promise<GateAnswer> {
    return this.asks({ type: "refresh", account, login, proof: { kind: "token", token }, at: this.at });
  }

  /** As the shell has it kept. */
  endsAll(account: string): void {
    const key = `account ${account}`;
    const value = JSON.stringify({ issued_before: this.at });
    this.records.set(`revocation ${key}`, { kind: "revocation", key, value });
  }

  readonly #ask = async (call: Keep | ListRecords | Recall): Promise<unknown> => {
    if (this.storeFails) return { ok: false, code: "unavailable" };
    if (call.type === "recall") {
      const record = this.records.get(`${call.kind} ${call.key}`);
      await this.recalled();
      return { ok: true, ...(record === undefined || ends(record, call.at) ? {} : { record }) };
    }
    if (call.type === "records") {
      const found = [...this.records.values()].filter(
        (record) => record.kind === call.kind && record.key.startsWith(call.prefix) && !ends(record, call.at),
      );
      return { ok: true, records: found.slice(0, call.most), more: found.length > call.most };
    }
    const stands = ({ kind, key, was }: RecordChange): boolean =>
      was === undefined || (this.records.get(`${kind} ${key}`)?.value ?? null) === was;
    if (!call.changes.every(stands)) return { ok: true, kept: false };
    if (call.audit !== undefined) this.audit.push(call.audit);
    for (const { kind, key, value, until } of call.changes)
      if (value === undefined) this.records.delete(`${kind} ${key}`);
      else
        this.records.set(`${kind} ${key}`, { kind, key, value, ...(until === undefined ? {} : { until }) });
    return { ok: true, kept: true };
  };
}

function ends({ until }: KeptRecord, at: number): boolean {
  return until !== undefined && until <= at;
}

export function nameOf(spelling: string): Name {
  const name = parseName(spelling, defaultLimits);
  if (!name.ok) throw new Error(name.fault);
  return name.value;
}

/** A file that only its owner reads, gone after the test. */
export function fileWith(content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "chat-key-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "key");
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}

/** The file that this signer's tokens are judged by. */
export function keysOf({ known }: Signer): KeyChoice {
  return known.type === "secret"
    ? { kind: "secret", file: fileWith(known.export()) }
    : { kind: "publicKey", file: fileWith(known.export({ format: "pem", type: "spki" }) as string) };
}
