// A device with a client of a page of code, as people write one against PROTOCOL.md: it gives each send
// a nonce (mostly), sends it again until it is answered, and comes back with a `since` of its own making.

import type { Alarm } from "../clock.ts";
import type { Wire } from "../network/wire.ts";
import type { DeviceName } from "../observed.ts";
import type { Asking, Device, Doing, Ground, Owner } from "./device.ts";
import { isKept, nonceOf } from "./device.ts";
import type { Heard, Tongue } from "./tongue.ts";

export interface RawOptions {
  /** Of a hundred sends so many have a nonce, so many an id. */
  readonly nonces: number;
  readonly ids: number;
  /** What it asks to be replayed when it comes back: all since its cursors, what is unread, or nothing. */
  readonly since: "cursors" | "unread" | "nothing";
  /** It logs in by a frame, not by the URL. */
  readonly frameLogin: boolean;
  /** Rooms that it asks to join on the way in. */
  readonly rooms: string | undefined;
  readonly receipts: boolean;
  /** What is wrong with its first login. */
  readonly wrong: "name" | "since" | "tooEarly" | undefined;
}

interface Sent {
  readonly deed: Doing;
  readonly id: number | undefined;
  readonly nonce: string | undefined;
  /** It was said on this connection. */
  isSaid: boolean;
  /** How often it was said on a connection that answered other things. */
  repeated: number;
}

/** Nothing heard for so long: it asks, or gives the connection up. */
const quietMs = 20_000;
/** A send without an answer is repeated; one without an id is not told of its refusal, and is given up. */
const repeatMs = 8_000;
const mostRepeats = 3;
/** What waits is said no faster than it is answered: so many at a time. */
const mostUnderWay = 3;

export class RawDevice implements Device {
  readonly kind: "events" | "simple";
  readonly name: DeviceName;
  readonly owner: Owner;
  wire: Wire | undefined;
  isRunning = false;
  isOnline = false;
  isStuck = false;
  readonly #ground: Ground;
  readonly #tongue: Tongue;
  readonly #options: RawOptions;
  /** Not answered, in order. */
  #pending: Sent[] = [];
  /** What was acked; a careless client says it once more. */
  #last: Sent | undefined;
  readonly #cursors = new Map<string, number>();
  #epoch: string | undefined;
  #count = 0;
  #asked = 0;
  /** Where there are accounts: what was given for the password, and what its logins are called. */
  #given: string | undefined;
  #sessions: readonly string[] = [];
  #heardAt = 0;
  #next: Alarm | undefined;
  #wrong: RawOptions["wrong"];

  constructor(name: DeviceName, owner: Owner, ground: Ground, tongue: Tongue, options: RawOptions) {
    this.name = name;
    this.owner = owner;
    this.kind = tongue.dialect;
    this.#ground = ground;
    this.#tongue = tongue;
    this.#options = options;
    this.#wrong = options.wrong;
  }

  get unsettled(): number {
    return this.#pending.length;
  }

  begin(): void {
    const { username } = this.owner;
    const kept = isKept(this.owner);
    this.#ground.show({ type: "began", device: this.name, kind: this.kind, username, kept });
    this.isRunning = true;
    this.isStuck = false;
    this.#open();
  }

  crash(): void {
    if (!this.isRunning) return;
    this.wire?.breaks({ deviceMs: undefined, hubMs: this.#ground.dice.between(0, 50) });
    this.#cursors.clear();
    this.#end();
  }

  leave(): void {
    if (this.isRunning) this.#end();
  }

  does(deed: Doing): void {
    const { dice } = this.#ground;
    const { nonces, ids } = this.#options;
    this.#count += 1;
    this.#send({
      deed,
      id: dice.percent(ids) ? this.#count : undefined,
      nonce: dice.percent(nonces) ? nonceOf(this.name, this.#count) : undefined,
      isSaid: false,
      repeated: 0,
    });
  }

  /** Says once more what was acked: as it was, or with the same nonce something else. */
  repeats(as: "same" | "other"): void {
    const last = this.#last;
    if (last?.nonce === undefined || !this.isOnline) return;
    const deed =
      as === "same" || last.deed.type !== "message" ? last.deed : { ...last.deed, message: "something else" };
    this.#say({ ...last, deed });
  }

  asks(question: Asking): void {
    if (!this.isOnline || this.kind === "simple") return;
    this.#asked += 1;
    const { type, ...payload } = question;
    this.wire?.says(JSON.stringify({ type, id: `ask ${this.#asked}`, payload }));
  }

  types(conversation: string, on: boolean): void {
    if (this.isOnline && this.kind === "events")
      this.wire?.says(JSON.stringify({ type: "typing", payload: { conversation, on } }));
  }

  reads(conversation: string, seq: number): void {
    if (!this.isOnline || this.kind === "simple") return;
    const type = this.#ground.dice.percent(70) ? "read" : "delivered";
    this.wire?.says(JSON.stringify({ type, payload: { conversation, seq } }));
  }

  /** Says this frame, whatever it is. */
  says(frame: string): void {
    this.wire?.says(frame);
  }

  wake(): void {
    if (this.isRunning && this.wire === undefined && !this.isStuck) this.#open();
  }

  opened(): void {
    this.#heardAt = this.#ground.clock.at;
    if (this.#options.frameLogin && this.kind === "events") {
      if (this.#options.wrong === "tooEarly") this.wire?.says('{"type":"users","id":"too early"}');
      const type = this.#registers() ? "register" : "login";
      const isWeak = type === "register" && this.#ground.dice.percent(10);
      const payload = { ...this.#login(), ...(isWeak ? { password: "1234" } : {}) };
      this.wire?.says(JSON.stringify({ type, id: 0, payload }));
    }
    // Nobody welcomes a simple client: it is in, or it is told that it is not.
    if (this.kind === "simple") this.#enter();
    this.#watch();
  }

  heard(frame: string): void {
    this.#heardAt = this.#ground.clock.at;
    this.#hear(this.#tongue.hear(frame));
  }

  closed(code: number): void {
    this.#lost();
    // 44xx, but for those that say: later.
    this.isStuck = code === 1000 || (code >= 4400 && code !== 4408 && code !== 4429);
    if (!this.isStuck) this.#comeBack(this.#ground.dice.between(100, 3_000));
  }

  #hear(heard: Heard): void {
    switch (heard.type) {
      case "welcome":
        if (this.#epoch !== heard.epoch || !this.#asksSince())
          for (const [conversation, head] of heard.heads) this.#cursors.set(conversation, head);
        this.#epoch = heard.epoch;
        this.#give(heard.token);
        this.#sessions = [heard.session, ...this.#sessions.filter((one) => one !== heard.session)];
        return this.#enter();
      case "refreshed":
        return this.#give(heard.token);
      case "sessions":
        this.#sessions = heard.sessions;
        return;
      case "place":
        this.#cursors.set(
          heard.conversation,
          Math.max(heard.seq, this.#cursors.get(heard.conversation) ?? 0),
        );
        return;
      case "ack":
        return this.#settle(heard.id, heard.nonce);
      case "error":
        return this.#refused(heard);
      case "resumed":
        this.#epoch = heard.epoch;
        for (const conversation of heard.reset) this.#cursors.delete(conversation);
        return;
      case "log":
        if (heard.more) this.asks({ type: "log", conversation: heard.conversation, after: heard.last });
        return;
      case "reconnect":
        this.wire?.leaves();
        this.#lost();
        return this.#comeBack(heard.afterMs);
      case "other":
        return;
    }
  }

  #give(token: string | undefined): void {
    if (token === undefined) return;
    this.#given = token;
    this.owner.given = token;
  }

  /** Does something with its logins: puts the end of its own off, looks for all of them, ends one. */
  minds(what: "refresh" | "sessions" | "end_session"): void {
    if (!this.isOnline || this.kind === "simple") return;
    this.#asked += 1;
    const session =
      what === "end_session" ? this.#ground.dice.of(["no-such-session", ...this.#sessions]) : undefined;
    this.wire?.says(JSON.stringify({ type: what, id: `ask ${this.#asked}`, payload: { session } }));
  }

  #refused({ id, code, retryable, afterMs }: Extract<Heard, { type: "error" }>): void {
    const sent = id === undefined ? undefined : this.#pending.find((one) => one.id === id);
    if (sent !== undefined) {
      if (!retryable) this.#settle(id, undefined);
      else
        this.#ground.clock.after(afterMs, () => {
          sent.isSaid = false;
          this.#sayWaiting();
        });
      return;
    }
    if (this.isOnline || this.kind === "simple" || (id ?? 0) !== 0) return;
    // The login was refused.
    this.wire?.leaves();
    this.#lost();
    if (code === "bad_since") this.#cursors.clear();
    const isOver = this.#given !== undefined && /^(not_let_in|login_expired)$/.test(code);
    if (isOver) this.#given = undefined;
    this.isStuck = !retryable && code !== "bad_since" && !isOver;
    if (!this.isStuck) this.#comeBack(afterMs);
  }

  #settle(id: string | number | undefined, nonce: string | undefined): void {
    const place = this.#pending.findIndex((one) =>
      nonce === undefined ? id !== undefined && one.id === id : one.nonce === nonce,
    );
    if (place < 0) return;
    [this.#last] = this.#pending.splice(place, 1);
    this.#sayWaiting();
  }

  #send(sent: Sent): void {
    // Without either there is no answer to wait for.
    if (sent.nonce !== undefined || sent.id !== undefined) this.#pending.push(sent);
    if (this.isOnline) this.#say(sent);
  }

  #sayWaiting(): void {
    if (!this.isOnline) return;
    let underWay = this.#pending.filter(({ isSaid }) => isSaid).length;
    for (const sent of [...this.#pending]) {
      if (underWay >= mostUnderWay) return;
      if (sent.isSaid) continue;
      underWay += 1;
      this.#say(sent);
    }
  }

  #say(sent: Sent): void {
    sent.isSaid = true;
    const frame = this.#tongue.say(sent.deed, sent.id, sent.nonce);
    if (frame !== undefined) this.wire?.says(frame);
    else this.#pending = this.#pending.filter((one) => one !== sent);
  }

  #enter(): void {
    this.isOnline = true;
    this.#sayWaiting();
  }

  #open(): void {
    this.#next?.cancel();
    const inUrl = this.kind === "simple" || !this.#options.frameLogin;
    const fields = Object.entries(inUrl ? this.#login() : {}).filter(([, value]) => value !== undefined);
    this.wire = this.#ground.connect(
      this,
      this.kind,
      Object.fromEntries(fields.map(([key, value]) => [key, `${value}`])),
    );
    const { wire } = this;
    this.#next = this.#ground.clock.after(
      quietMs,
      () => this.wire === wire && !this.isOnline && this.#giveUp(),
    );
  }

  #login(): Readonly<Record<string, string | boolean | undefined>> {
    const { username } = this.owner;
    const { rooms, receipts } = this.#options;
    const wrong = this.#wrong;
    this.#wrong = undefined;
    const since = this.#asksSince() ? this.#since() : undefined;
    return {
      username: wrong === "name" ? `${username}.` : username,
      ...this.#secret(),
      rooms,
      since: wrong === "since" ? "everywhere" : since,
      epoch: since === undefined ? undefined : this.#epoch,
      receipts: receipts || undefined,
    };
  }

  /** A token; where there are accounts the password, until a token is given for it. */
  #secret(): { readonly token?: string | undefined; readonly password?: string | undefined } {
    const { token, password, given } = this.owner;
    if (password === undefined) return { token };
    const often = this.kind === "simple" ? 70 : 30;
    if (given !== undefined && this.#ground.dice.percent(often)) return { token: given };
    return this.#given === undefined ? { password } : { token: this.#given };
  }

  /** Whoever has nothing to show may have no account yet. */
  #registers(): boolean {
    const { password } = this.owner;
    return password !== undefined && this.#given === undefined && this.#ground.dice.percent(30);
  }

  #asksSince(): boolean {
    return this.#options.since !== "nothing";
  }

  #since(): string {
    if (this.#options.since === "unread" || this.#cursors.size === 0) return "unread";
    const cursors = Array.from(
      this.#cursors,
      ([conversation, seq]) => `${conversation.replace("#", "")}:${seq}`,
    );
    return [...cursors, "*:unread"].join(",");
  }

  /** Asks for a sign of life where it has a word for that, and gives up what is dead. */
  #watch(): void {
    const { wire } = this;
    this.#ground.clock.after(repeatMs, () => {
      if (wire === undefined || this.wire !== wire) return;
      const silentMs = this.#ground.clock.at - this.#heardAt;
      if (silentMs > 2 * quietMs && (this.kind === "events" || this.#pending.length > 0))
        return this.#giveUp();
      if (silentMs > quietMs && this.kind === "events") wire.says('{"type":"ping"}');
      for (const sent of this.isOnline ? [...this.#pending] : []) if (sent.isSaid) this.#repeat(sent);
      this.#sayWaiting();
      this.#watch();
    });
  }

  /** Without an id nobody tells of a refusal, and without a nonce nothing can be said again: those are given up. */
  #repeat(sent: Sent): void {
    sent.repeated += 1;
    if (sent.nonce !== undefined) this.#say(sent);
    if (sent.nonce !== undefined && sent.id !== undefined) return;
    if (sent.repeated >= mostRepeats) this.#pending = this.#pending.filter((one) => one !== sent);
  }

  #giveUp(): void {
    this.wire?.leaves();
    this.#lost();
    this.#comeBack(1_000);
  }

  /** Without a nonce nobody knows what became of it, and it can't be said again. */
  #lost(): void {
    this.wire = undefined;
    this.isOnline = false;
    this.#pending = this.#pending.filter(({ nonce }) => nonce !== undefined);
    for (const sent of this.#pending) sent.isSaid = false;
  }

  #comeBack(ms: number): void {
    this.#next?.cancel();
    this.#next = this.#ground.clock.after(ms, () => this.wake());
  }

  #end(): void {
    this.#next?.cancel();
    this.wire?.leaves();
    this.#lost();
    this.isRunning = false;
    this.#pending = [];
    this.#ground.show({ type: "ended", device: this.name });
  }
}
