// Somebody in a house, who says and does and asks what people do.

import type {
  Act,
  Address,
  Append,
  Appended,
  Browse,
  Browsed,
  Choose,
  ConnectionId,
  ConversationId,
  HistorySetting,
  Identified,
  ListMembers,
  MembersListed,
  NameKey,
  Page,
  Profile,
  Query,
  Read,
  Role,
  Search,
  Selection,
  Seq,
  Stood,
  UserId,
  Visibility,
  WallMillis,
} from "chat-hub";
import type { AnswerTo, House } from "../store-house.js";

/** `"everyone"`, `"@bob"`, `"@bob~1"` or `"#dev"`. */
export function address(text: string): Address {
  if (text === "everyone") return { kind: "everyone" };
  if (text.startsWith("#")) return { kind: "room", key: text.slice(1) as NameKey };
  const [key, holder] = text.slice(1).split("~");
  const to = { kind: "private", key: key as NameKey } as const;
  return holder === undefined ? to : { ...to, holder: Number(holder) };
}

interface Saying {
  readonly to?: string;
  readonly nonce?: string;
  readonly replyTo?: number;
  /** The names it calls; `everyone` calls all. */
  readonly calls?: readonly string[];
  readonly at?: number;
}

interface Doing {
  readonly nonce?: string;
  readonly at?: number;
  /** The author looks after the house. */
  readonly admin?: true;
}

interface Making {
  readonly visibility?: Visibility;
  readonly history?: HistorySetting;
  readonly topic?: string;
}

type Where =
  | { after: number; before?: never }
  | { before: number; after?: never }
  | { after: number; before: number }
  | { around: number }
  | "newest";

export class Guest {
  readonly user: UserId;
  readonly name: string;
  readonly kept: boolean;
  readonly fresh: boolean;
  readonly rooms: Identified["rooms"];
  readonly everyoneFrom: Seq;
  readonly profile: Profile;
  /** Who left where when this user took their name. */
  readonly left: Identified["left"];
  readonly house: House;

  constructor(house: House, { user, name, kept, fresh, rooms, everyoneFrom, profile, left }: Identified) {
    this.house = house;
    this.user = user;
    this.name = name;
    this.kept = kept;
    this.fresh = fresh;
    this.rooms = rooms;
    this.everyoneFrom = everyoneFrom;
    this.profile = profile;
    this.left = left;
  }

  /** Does something in a conversation, if it may. */
  asksTo(where: string, act: Act, { nonce, at = 1, admin }: Doing = {}): Promise<AnswerTo<Append>> {
    return this.house.ask({
      type: "append",
      author: this.user,
      to: address(where),
      act,
      ...(nonce === undefined ? {} : { nonce }),
      origin: 7 as ConnectionId,
      at: at as WallMillis,
      ...(admin === undefined ? {} : { admin }),
    });
  }

  /** Does something that must be done. */
  async does(where: string, act: Act, doing?: Doing): Promise<Appended> {
    const answer = await this.asksTo(where, act, doing);
    if (!answer.ok) throw new Error(`${this.name} may not ${act.type} in ${where}: ${answer.code}`);
    return answer;
  }

  says(
    message: string,
    { to = "everyone", replyTo, calls, ...doing }: Saying = {},
  ): Promise<AnswerTo<Append>> {
    const about = replyTo === undefined ? {} : { replyTo: replyTo as Seq };
    return this.asksTo(to, { type: "message", message, ...about, ...mentions(calls) }, doing);
  }

  /** Says something that must be kept. */
  async writes(message: string, saying: Saying = {}): Promise<Appended> {
    const answer = await this.says(message, saying);
    if (!answer.ok) throw new Error(`"${message}" was refused: ${answer.code}`);
    return answer;
  }

  edits(where: string, target: number, message: string, calls?: readonly string[]): Promise<Appended> {
    return this.does(where, { type: "edit", target: target as Seq, message, ...mentions(calls) });
  }

  deletes(where: string, target: number): Promise<Appended> {
    return this.does(where, { type: "deletion", target: target as Seq });
  }

  reacts(where: string, target: number, emoji: string, on = true): Promise<Appended> {
    return this.does(where, { type: "reaction", target: target as Seq, emoji, on });
  }

  pins(where: string, target: number, on = true): Promise<Appended> {
    return this.does(where, { type: "pin", target: target as Seq, on });
  }

  /** Makes a room: `#dev`. */
  makes(room: string, making: Making = {}): Promise<Appended> {
    return this.does(room, creation(room, making));
  }

  joins(room: string, at?: number): Promise<Appended> {
    return this.does(room, { type: "join" }, at === undefined ? {} : { at });
  }

  quits(room: string): Promise<Appended> {
    return this.does(room, { type: "leave" });
  }

  invites(who: string, room: string): Promise<Appended> {
    return this.does(room, { type: "invite", who: who as NameKey });
  }

  kicks(who: string, room: string): Promise<Appended> {
    return this.does(room, { type: "kick", who: who as NameKey });
  }

  bans(who: string, room: string, on = true): Promise<Appended> {
    return this.does(room, { type: "ban", who: who as NameKey, on });
  }

  appoints(who: string, role: Role, room: string): Promise<Appended> {
    return this.does(room, { type: "role", who: who as NameKey, role });
  }

  asksToRead(
    of: string | ConversationId,
    where: Where = { after: 0 },
    rows = 100,
    bytes = 1e6,
  ): Promise<AnswerTo<Read>> {
    return this.house.ask({
      type: "read",
      viewer: this.user,
      of: typeof of === "string" ? address(of) : of,
      window: windowOf(where),
      rows,
      bytes,
    });
  }

  async reads(of: string | ConversationId, where?: Where, rows?: number, bytes?: number): Promise<Page> {
    return must(await this.asksToRead(of, where, rows, bytes));
  }

  asksToBrowse(of: string, select: Browse["select"], rows = 100, bytes = 1e6): Promise<AnswerTo<Browse>> {
    return this.house.ask({ type: "browse", viewer: this.user, of: address(of), select, rows, bytes });
  }

  /** Messages as they stand, by seq. */
  async browses(of: string, where: Where = { after: 0 }, rows?: number, bytes?: number): Promise<Browsed> {
    return must(await this.asksToBrowse(of, { kind: "seq", window: windowOf(where) }, rows, bytes));
  }

  async readsThread(of: string, target: number, after = 0, rows?: number): Promise<Browsed> {
    const select = { kind: "thread", of: target as Seq, after: after as Seq } as const;
    return must(await this.asksToBrowse(of, select, rows));
  }

  async readsPins(of: string, rows?: number, after = 0): Promise<Browsed> {
    return must(await this.asksToBrowse(of, { kind: "pins", after: after as Seq }, rows));
  }

  async seesReactions(of: string, target: number, skip = 0, most = 100) {
    const call = { type: "reactions", viewer: this.user, of: address(of), target: target as Seq } as const;
    return must(await this.house.ask({ ...call, skip, most }));
  }

  searches(query: Partial<Query>, most = 20, before?: number): Promise<AnswerTo<Search>> {
    return this.house.ask({
      type: "search",
      viewer: this.user,
      query: { words: [], has: [], ...query },
      most,
      ...(before === undefined ? {} : { before }),
    });
  }

  async listsRooms(after?: string, most = 100) {
    return must(
      await this.house.ask({
        type: "rooms",
        viewer: this.user,
        most,
        ...(after === undefined ? {} : { after: after as NameKey }),
      }),
    );
  }

  asksForMembers(
    of: string | ConversationId,
    which: ListMembers["which"] = "members",
    after?: string,
    most = 100,
  ): Promise<AnswerTo<ListMembers>> {
    return this.house.ask({
      type: "members",
      viewer: this.user,
      of: typeof of === "string" ? address(of) : of,
      which,
      most,
      ...(after === undefined ? {} : { after: after as NameKey }),
    });
  }

  async listsMembers(...asked: Parameters<Guest["asksForMembers"]>): Promise<MembersListed> {
    return must(await this.asksForMembers(...asked));
  }

  whois(name: string) {
    return this.house.ask({ type: "whois", viewer: this.user, key: name as NameKey });
  }

  async listsBlocks(after?: string, most = 100) {
    const from = after === undefined ? {} : { after: after as NameKey };
    return must(await this.house.ask({ type: "blocks", user: this.user, most, ...from }));
  }

  chooses(what: Choose["what"], at = 1): Promise<AnswerTo<Choose>> {
    return this.house.ask({ type: "choose", user: this.user, at: at as WallMillis, what });
  }

  blocks(who: string, on = true): Promise<AnswerTo<Choose>> {
    return this.chooses({ kind: "block", who: who as NameKey, on });
  }

  mutes(of: string, on = true): Promise<AnswerTo<Choose>> {
    return this.chooses({ kind: "mute", of: address(of), on });
  }

  async stands(select: Selection): Promise<Stood> {
    return must(await this.house.ask({ type: "stand", user: this.user, select }));
  }

  standsIn(...of: string[]) {
    return this.stands({ kind: "these", of: of.map(address) });
  }

  /** Moves this user's cursors; what lies before `from` was not got. */
  got(conversation: ConversationId, cursors: { from?: number; delivered: number; read: number }) {
    const { from = 1, delivered, read } = cursors;
    return this.house.ask({
      type: "advance",
      moves: [
        { user: this.user, conversation, from: from as Seq, delivered: delivered as Seq, read: read as Seq },
      ],
    });
  }

  /** The last connection goes. */
  leaves(at = 0, seen?: number) {
    const last = seen === undefined ? {} : { seen: seen as WallMillis };
    return this.house.ask({ type: "release", user: this.user, at: at as WallMillis, ...last });
  }
}

function windowOf(where: Where): Read["window"] {
  if (where === "newest") return { kind: "newest" };
  if ("around" in where) return { kind: "around", seq: where.around as Seq };
  const { after, before } = where;
  if (after === undefined) return { kind: "before", seq: before as Seq };
  if (before === undefined) return { kind: "after", seq: after as Seq };
  return { kind: "between", after: after as Seq, before: before as Seq };
}

export function creation(room: string, making: Making = {}): Act {
  const { visibility = "public", history = "all", topic = "" } = making;
  return { type: "create", name: room.slice(1), visibility, history, topic };
}

function mentions(calls: readonly string[] | undefined) {
  if (calls === undefined) return {};
  const names = calls.filter((name) => name !== "everyone") as NameKey[];
  return { mentions: { names, all: names.length < calls.length } };
}

/** The answer, which must not be a refusal. */
export function must<Answer extends { readonly ok: boolean }>(
  answer: Answer,
): Extract<Answer, { readonly ok: true }> {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer as Extract<Answer, { readonly ok: true }>;
}
