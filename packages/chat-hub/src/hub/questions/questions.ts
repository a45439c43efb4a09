// Commands that ask: each goes to the file of what it asks for, and its answer comes back there.

import type { CommandId } from "../../dialects/frames.js";
import type { GateAnswer, LoginsListed } from "../../ports/gate.js";
import type { StoreAnswer, StoreCalls } from "../../ports/store.js";
import { unreachable } from "../../words/result.js";
import { isAdmin } from "../admins.js";
import type { Pending } from "../asks.js";
import { adminsOnly } from "../house/words.js";
import { refuse } from "../refuse.js";
import { askSessions, tellSessions } from "../sessions.js";
import type { Connection } from "../state/connection.js";
import { sessionOf } from "../state/connection.js";
import type { HubState } from "../state/hub-state.js";
import type { Session } from "../state/session.js";
import type { Asker, Question, QuestionType } from "./asker.js";
import { askAudit, tellAudit } from "./audit.js";
import { tellBans } from "./bans.js";
import { askBlocks, tellBlocks } from "./blocks.js";
import { askConversations, tellConversations } from "./conversations.js";
import { askHistory, tellHistory } from "./history.js";
import { askLog, tellLog } from "./log.js";
import { askMembers, tellMembers } from "./members.js";
import { askReactions, tellReactions } from "./reactions.js";
import { askReceipts, tellReceipts } from "./receipts.js";
import { askRooms, tellRooms } from "./rooms.js";
import { askSearch, tellSearch } from "./search.js";
import { tellStats } from "./stats.js";
import { tellUsers } from "./users.js";
import { askWhois, tellWhois } from "./whois.js";

/** For those who look after the house. */
const houseQuestions: ReadonlySet<QuestionType> = new Set(["stats", "bans", "audit"]);

export function askQuestion(
  hub: HubState,
  connection: Connection,
  session: Session,
  id: CommandId | undefined,
  question: Question,
): void {
  const asker: Asker = { connection, user: session.user, id };
  const isOfHouse = houseQuestions.has(question.type);
  if (isOfHouse && !isAdmin(hub, session)) return refuse(hub, connection, id, "forbidden", adminsOnly);
  switch (question.type) {
    case "history":
    case "thread":
    case "pins":
      return askHistory(hub, asker, question);
    case "log":
      return askLog(hub, asker, question);
    case "reactions":
      return askReactions(hub, asker, question);
    case "search":
      return askSearch(hub, asker, question);
    case "conversations":
      return askConversations(hub, asker, question);
    case "users":
      return tellUsers(hub, asker, question);
    case "rooms":
      return askRooms(hub, asker, question);
    case "members":
      return askMembers(hub, asker, question);
    case "receipts":
      return askReceipts(hub, asker, question);
    case "whois":
      return askWhois(hub, asker, question);
    case "blocks":
      return askBlocks(hub, asker, question);
    case "sessions":
      return askSessions(hub, asker, question);
    case "stats":
      return tellStats(hub, asker);
    case "bans":
      return tellBans(hub, asker, question);
    case "audit":
      return askAudit(hub, asker, question);
    default:
      return unreachable(question);
  }
}

type Carried<Call extends keyof StoreCalls> = Extract<StoreCalls[Call]["answer"], { readonly ok: true }>;

/** A question remembers what it was; its answer has the type that its call is answered with. */
export function questionAnswered(
  hub: HubState,
  { asker, question }: Extract<Pending, { type: "question" }>,
  answer: StoreAnswer | GateAnswer,
): void {
  const { connection, id } = asker;
  if (sessionOf(connection) === undefined) return;
  if (!answer.ok) {
    refuse(hub, connection, id, answer.code);
  } else if (connection.congested) {
    connection.unanswered ??= [];
    connection.unanswered.push({ id, question });
  } else {
    tellAnswer(hub, asker, question, answer);
  }
  askAgain(hub, connection);
}

/** Asks once more what was answered when it could not be taken: one at a time, so that no answers gather. */
export function askAgain(hub: HubState, connection: Connection): void {
  const session = sessionOf(connection);
  if (session === undefined || connection.congested || connection.gone !== undefined) return;
  const next = connection.unanswered?.shift();
  if (connection.unanswered?.length === 0) connection.unanswered = undefined;
  if (next !== undefined) askQuestion(hub, connection, session, next.id, next.question);
}

function tellAnswer(hub: HubState, asker: Asker, question: Question, answer: StoreAnswer | GateAnswer): void {
  switch (question.type) {
    case "history":
    case "thread":
    case "pins":
      return tellHistory(hub, asker, question, answer as Carried<"browse">);
    case "log":
      return tellLog(hub, asker, question, answer as Carried<"read">);
    case "reactions":
      return tellReactions(hub, asker, question, answer as Carried<"reactions">);
    case "search":
      return tellSearch(hub, asker, question, answer as Carried<"search">);
    case "conversations":
      return tellConversations(hub, asker, answer as Carried<"stand">);
    case "users":
    case "stats":
    case "bans":
      return;
    case "rooms":
      return tellRooms(hub, asker, answer as Carried<"rooms">);
    case "members":
      return tellMembers(hub, asker, answer as Carried<"members">);
    case "receipts":
      return tellReceipts(hub, asker, answer as Carried<"members">);
    case "whois":
      return tellWhois(hub, asker, question, answer as Carried<"whois">);
    case "blocks":
      return tellBlocks(hub, asker, answer as Carried<"blocks">);
    case "sessions":
      return tellSessions(hub, asker, question, answer as LoginsListed);
    case "audit":
      return tellAudit(hub, asker, answer as Carried<"audit">);
    default:
      return unreachable(question);
  }
}
