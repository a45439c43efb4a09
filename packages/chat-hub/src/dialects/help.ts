// What `help` shows: what whoever asks may do now.

import type { AuthMode } from "../ports/gate.js";
import { houseOrRoom } from "../shapes/names.js";
import type { CommandRow, CommandType } from "../tables/commands.js";
import { commands } from "../tables/commands.js";
import type { Role } from "../words/rooms.js";
import { rank } from "../words/rooms.js";
import type { HelpPayload } from "./frames/session.js";

/** How far somebody has come: not logged in, or under a name that a token keeps or doesn't. */
export type HelpStanding =
  | { readonly state: "greeting" }
  | {
      readonly state: "here";
      readonly kept: boolean;
      /** They look after the house. */
      readonly admin?: boolean;
      /** Their rooms, by the names that conversations have, and what they are there. */
      readonly rooms: ReadonlyMap<string, Role>;
    };

const logsIn: ReadonlySet<string> = new Set(["login", "register"] satisfies CommandType[]);

/**
 * The commands that make sense now: those for which one must be somebody in a room only if one is, and
 * with a room of one's own in their example, or with everyone for whoever looks after the house. Those that only a token is missing for say so.
 */
export function helpFor(standing: HelpStanding, auth: AuthMode = "open"): HelpPayload["commands"] {
  const rows: HelpPayload["commands"][number][] = [];
  for (const [type, row] of Object.entries(commands) as [string, CommandRow][]) {
    const { what, example, needs, role, modes } = row;
    if (modes?.includes(auth) === false) continue;
    if (standing.state === "greeting" ? needs !== "nothing" : logsIn.has(type)) continue;
    const looksAfterIt = standing.state === "here" && standing.admin === true;
    if (needs === "admin" && !looksAfterIt) continue;
    const inHouse = looksAfterIt && row.payload.fields["conversation"] === houseOrRoom;
    const room =
      role === undefined ? undefined : (roomWhere(standing, role) ?? (inHouse ? "everyone" : undefined));
    if (role !== undefined && room === undefined) continue;
    const token = standing.state === "here" && !standing.kept && needs === "token";
    const shown = room === undefined ? example : example.replace('"#dev"', `"${room}"`);
    rows.push({ type, what, example: shown, ...(token ? { needs: "token" } : {}) });
  }
  return rows;
}

/** A room in which they are this, or more. */
function roomWhere(standing: HelpStanding, role: Role): string | undefined {
  if (standing.state === "greeting") return undefined;
  for (const [room, own] of standing.rooms) if (rank(own) >= rank(role)) return room;
  return undefined;
}
