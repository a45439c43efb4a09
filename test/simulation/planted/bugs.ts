// Bugs that somebody could make, one line of the product at a time. Each is what a careless change would
// leave behind; none breaks the product's ordinary use, and each must be found by the simulation. That a
// patch still fits the code is a test's business (planted.test.ts).

import type { Bug } from "./bug.ts";
import { client, hub, store } from "./bug.ts";
import { houseBugs } from "./house-bugs.ts";

export const bugs: readonly Bug[] = [
  {
    name: "ack-before-commit",
    what: "a message to everyone is acked as soon as the store was asked",
    patches: [
      hub(
        "appending",
        'ask(hub, call, { type: "append", connection, author: user, id, command });',
        `ask(hub, call, { type: "append", connection, author: user, id, command });
         if (command.to.kind === "everyone" && id !== undefined) {
           const payload = { conversation: "everyone", seq: hub.everyone.head + 1, at: hub.wall, nonce: command.nonce };
           send(hub, connection, connection.dialect.encode({ type: "ack", id, payload }));
         }`,
      ),
    ],
  },
  {
    name: "dedupe-lost-at-restart",
    what: "what was done with a nonce is forgotten when its user is released, as all are at a restart",
    patches: [
      store("memory/people", "this.#away.add(user);", "this.#away.add(user);\n        user.nonces.clear();"),
    ],
  },
  {
    name: "nonce-looked-up-late",
    what: "a repeated send is judged before its nonce is looked up, and may be refused for good",
    patches: [
      store(
        "memory/acts",
        "if (first !== undefined)\n            return this.#repeat(author, call, first);",
        'if (first !== undefined && call.to.kind === "everyone")\n            return this.#repeat(author, call, first);',
      ),
      store(
        "memory/acts",
        "const log = goal.log ?? this.#begun(",
        "if (first !== undefined)\n            return this.#repeat(author, call, first);\n        const log = goal.log ?? this.#begun(",
      ),
    ],
  },
  {
    name: "nonce-without-content",
    what: "a nonce that was used is acked again, whatever it is used for now",
    patches: [store("memory/acts", "|| !isSame(first, act, this.#visible.people.secret)", "")],
  },
  {
    name: "new-nonce-at-retry",
    what: "the client core makes a new nonce each time it sends a deed",
    patches: [
      client(
        "outbox",
        "commandOf(item.deed, item.nonce, placeOf)",
        'commandOf(item.deed, item.nonce + "-" + id, placeOf)',
      ),
    ],
  },
  {
    name: "former-member-listens",
    what: "who is put out of a room is taken off its list, and goes on listening",
    patches: [
      hub(
        "rooms",
        "if (hears(session, audience))\n            stopListening(hub, connection, audience);",
        "if (hears(session, audience)) {}",
      ),
    ],
  },
  {
    name: "page-after-the-leave",
    what: "a page that was asked for before somebody left the room is told to them after it",
    patches: [hub("pages", "session.reading.get(page.of) === reading &&", "")],
  },
  {
    name: "leave-at-the-end-of-the-turn",
    what: "whom an entry puts out of a room is taken off its topic when the next thing happens",
    patches: [
      hub(
        "rooms",
        "if (hears(session, audience))\n            stopListening(hub, connection, audience);",
        "if (hears(session, audience)) (hub.partings ??= []).push(() => stopListening(hub, connection, audience));",
      ),
      hub(
        "hub",
        "hub.effects = [];\n            take(hub, input);",
        "const { partings = [] } = hub;\n hub.effects = [];\n hub.partings = [];\n take(hub, input);\n for (const part of partings) part();",
      ),
    ],
  },
  {
    name: "past-is-shown",
    what: "where a room hides its past, whoever reads its log sees all of it",
    patches: [
      store("memory/visible", "return Math.max(log.first, this.begins(log, cursors));", "return log.first;"),
    ],
  },
  {
    name: "past-is-told-live",
    what: "what is done to a message is told live to those who may not see the message",
    patches: [
      hub("past", "return new Set([...begins].flatMap(", "return nobody ?? new Set([...begins].flatMap("),
    ],
  },
  {
    name: "mail-of-the-former-holder",
    what: "a new holder of a name is given what hangs on the name",
    patches: [
      store("memory/people", "cursors: new FewMap(),", "cursors: held.newest?.cursors ?? new FewMap(),"),
      store("memory/people", "privates: new FewMap(),", "privates: held.newest?.privates ?? new FewMap(),"),
    ],
  },
  {
    name: "resume-one-too-late",
    what: "a resume goes on one entry after the first that was missed",
    patches: [
      hub(
        "resume",
        "return cursor.seq > meanwhile ? undefined : cursor.seq;",
        "return cursor.seq > meanwhile ? undefined : Math.min(head, cursor.seq + 1);",
      ),
    ],
  },
  {
    name: "resume-one-too-early",
    what: "a resume begins with the entry that its cursor names",
    patches: [
      hub(
        "resume",
        "return cursor.seq > meanwhile ? undefined : cursor.seq;",
        "return cursor.seq > meanwhile ? undefined : Math.max(0, cursor.seq - 1);",
      ),
    ],
  },
  {
    name: "epoch-not-compared",
    what: "a cursor of another numbering is gone on from",
    patches: [hub("resume", "resume.renumbered = epoch !== undefined && epoch !== hub.facts.epoch;", "")],
  },
  {
    name: "double-at-reconnect",
    what: "a private message that comes while its conversation is replayed is pushed at once, and read again",
    patches: [hub("replay", "&&\n        !session.reading.has(conversation));", ");")],
  },
  {
    name: "slow-reader-stays-subscribed",
    what: "a connection that can't keep up reads the log and is pushed to as well",
    patches: [hub("replay", "stopListening(hub, connection, audience);", "")],
  },
  {
    name: "silent-end-of-a-page",
    what: "places at the end of a page that have nothing to say are not told",
    patches: [hub("pages", "skip(told + 1, last);", "")],
  },
  {
    name: "page-shared-with-all",
    what: "whoever wants a page is read it with others, also if less of it is for them",
    patches: [hub("pages", 'audience.facts?.history === "all" ? 0 : (audience.begins.get(user) ?? 0)', "0")],
  },
  {
    name: "page-shared-with-its-author",
    what: "whoever did something on a page is told it as all others are who read it together",
    patches: [hub("pages", "if (isTheirs(page, reader)) {", "if (page.peer !== undefined) {")],
  },
  {
    name: "own-line-by-log-reading",
    what: "a simple connection that reads the log is told its own lines",
    patches: [
      hub("pages", "if (!dialect.shows(entry, viewer, page.peer?.user))\n            return undefined;", ""),
    ],
  },
  {
    name: "consequence-before-its-cause",
    what: "the entry that follows from another is told before it",
    patches: [
      hub(
        "appending",
        "deliver(hub, author, answer, answer.entry ?? plainEntry(appending, answer), answer.facts);\n    for (const entry of answer.followed ?? [])",
        "for (const entry of [...(answer.followed ?? []), answer.entry ?? plainEntry(appending, answer)])",
      ),
    ],
  },
  {
    name: "waiting-frames-reversed",
    what: "of the frames that had to wait the last is obeyed first",
    patches: [
      hub("inbox", "const [frame] = inbox.frames;", "const frame = inbox.frames.at(-1);"),
      hub("inbox", "inbox.first ??= read(", "inbox.first = read("),
      hub("inbox", "inbox.frames.shift();", "inbox.frames.pop();"),
    ],
  },
  {
    name: "own-devices-forgotten",
    what: "a private message does not reach its author's other devices",
    patches: [
      hub(
        "delivery",
        "deliverSide(hub, author, place, peer, entry);\n",
        "if (peer.user === author.id)\n        deliverSide(hub, author, place, peer, entry);\n",
      ),
    ],
  },
  {
    name: "shrinking-cursor",
    what: "a cursor is set to what is said of it, also if that is lower",
    patches: [
      store(
        "memory",
        "return Math.max(cursor, Math.min(to, head));",
        "return to === 0 ? cursor : Math.min(to, head);",
      ),
    ],
  },
  {
    name: "proof-too-wide",
    what: "a pong proves what was sent after its ping too",
    patches: [
      hub(
        "pulse",
        "if (proof !== undefined)\n        prove(hub, session, proof);",
        "if (proof !== undefined)\n        prove(hub, session, new Map([...proof, ...takeSpans(session)]));",
      ),
    ],
  },
  {
    name: "slow-reader-taken-for-dead",
    what: "a connection that takes its bytes slowly is closed for not answering pings that are behind them",
    patches: [hub("pulse", "if (!queued && pulse.unanswered >= 2)", "if (pulse.unanswered >= 2)")],
  },
  {
    name: "refused-stays-on-the-books",
    what: "what the store refused still counts as waiting for it",
    patches: [
      hub(
        "appending",
        "    hub.backlog -= textOf(command).length;\n    if (!answer.ok)",
        "    if (answer.ok) hub.backlog -= textOf(command).length;\n    if (!answer.ok)",
      ),
    ],
  },
  {
    name: "old-cursor-after-a-reset",
    what: "the client core keeps its cursor when the log was put back, and passes over what is new below it",
    patches: [
      client("timeline", "restarting = true;\n            cursor = undefined;", "restarting = true;"),
    ],
  },
  {
    name: "deaf-after-a-retry",
    what: "the client core waits for ever for the answer to what was under way when its connection was lost",
    patches: [client("outbox", "sent.clear();\n            underWay.clear();", "sent.clear();")],
  },
  ...houseBugs,
];
