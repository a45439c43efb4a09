// Decides appends: a nonce that is known, then where it goes, then what every store says to it.

import type { Database, Statement } from "better-sqlite3";
import type {
  Act,
  Append,
  ConversationId,
  MessageAct,
  Seq,
  StoreCalls,
  StoreLimits,
  UserId,
  WallMillis,
} from "chat-hub";
import { isNameOf } from "../address.js";
import { verdictOf } from "../verdict.js";
import type { Refused } from "../voice.js";
import { doorRefusal } from "../voice.js";
import type { SqliteActs } from "./acts.js";
import { isAboutMessages } from "./acts.js";
import { fingerprint } from "./entry.js";
import type { SqliteLedger } from "./ledger.js";
import { mark } from "./marks.js";
import type { SqlitePlaces } from "./places.js";
import { factsOf } from "./rooms.js";
import type { Sources } from "./scene.js";
import { SqliteScene } from "./scene.js";
import type { Spot, SqliteSpots } from "./spots.js";
import { placeOfSpot } from "./spots.js";

type Answer = StoreCalls["append"]["answer"];

/** What is kept of the first append with a nonce. */
interface First {
  readonly conversation: ConversationId;
  readonly seq: Seq;
  readonly at: WallMillis;
  readonly fingerprint: string;
}

export class SqliteAppends {
  readonly #ledger: SqliteLedger;
  readonly #places: SqlitePlaces;
  readonly #spots: SqliteSpots;
  readonly #sources: Sources;
  readonly #acts: SqliteActs;
  readonly #limits: StoreLimits;
  readonly #secret: string;
  readonly #first: Statement<[UserId, string], First>;

  constructor(
    database: Database,
    ledger: SqliteLedger,
    places: SqlitePlaces,
    spots: SqliteSpots,
    sources: Sources,
    acts: SqliteActs,
    limits: StoreLimits,
  ) {
    this.#ledger = ledger;
    this.#places = places;
    this.#spots = spots;
    this.#sources = sources;
    this.#acts = acts;
    this.#limits = limits;
    this.#secret = mark(database, "nonce_secret");
    this.#first = database.prepare<[UserId, string], First>(
      "SELECT conversation, seq, at, fingerprint FROM entries WHERE author = ? AND nonce = ?",
    );
  }

  append(call: Append): Answer {
    if (call.nonce === undefined) return this.#decide(call, null);
    const content = fingerprint(this.#secret, call.act);
    if (this.#ledger.isUnsettled(call.nonce)) this.#ledger.settle();
    const first = this.#first.get(call.author, call.nonce);
    return first === undefined ? this.#decide(call, content) : this.#repeat(call, content, first);
  }

  #repeat({ author, to }: Append, content: string, first: First): Answer {
    const place = this.#places.place(author, first.conversation);
    if (content !== first.fingerprint || !isNameOf(to, place)) return { ok: false, code: "nonce_reused" };
    return { ok: true, ...place, seq: first.seq, at: first.at, duplicate: true };
  }

  #decide(call: Append, content: string | null): Answer {
    const { act, to } = call;
    const plain = act.type === "message" && isPlain(act) ? act.message : undefined;
    const { rules } = this.#sources.records;
    if (plain !== undefined && to.kind === "everyone" && rules.isCalm)
      return this.#acts.say(call, plain, this.#spots.everyone(), undefined, content);
    const closed = doorRefusal(rules, call);
    if (closed !== undefined) return refusal(closed);
    const spot = this.#spots.find(call);
    if (typeof spot === "string") return { ok: false, code: spot };
    const { log, peer } = spot;
    const scene = new SqliteScene(call, spot, this.#sources);
    if (plain !== undefined && log !== undefined && peer !== undefined && !scene.blocked)
      return this.#acts.say(call, plain, log, peer, content);
    return this.#judge(call, spot, scene, content);
  }

  #judge(call: Append, spot: Spot, scene: SqliteScene, content: string | null): Answer {
    const { act } = call;
    const verdict = verdictOf(act, scene, this.#limits);
    switch (verdict.kind) {
      case "refused":
        return refusal(verdict);
      case "unchanged":
        return unchanged(spot, call.act);
      case "write": {
        const { log, seq, at, entry, followed, room } = this.#acts.write(call, spot, verdict, content);
        return {
          ok: true,
          ...placeOfSpot({ ...spot, log, room: room ?? spot.room }),
          seq,
          at,
          duplicate: false,
          ...(entry === undefined ? {} : { entry }),
          ...(followed === undefined ? {} : { followed }),
          ...(room === undefined ? {} : { facts: factsOf(room) }),
        };
      }
    }
  }
}

function refusal({ code, retryAfterMs }: Refused): Answer {
  return retryAfterMs === undefined ? { ok: false, code } : { ok: false, code, retryAfterMs };
}

/** While the house is calm nobody is ever refused such a message in everyone, nor in private if neither has blocked the other. */
function isPlain({ replyTo, mentions }: MessageAct): boolean {
  return replyTo === undefined && mentions === undefined;
}

function unchanged(spot: Spot, act: Act): Answer {
  const { log, room } = spot;
  if (log === undefined) throw new Error("what is not there can't be unchanged");
  const place = placeOfSpot(spot);
  const facts = room === undefined || isAboutMessages(act) ? {} : { facts: factsOf(room) };
  return { ok: true, ...place, seq: log.head, at: log.headAt, duplicate: false, unchanged: true, ...facts };
}
