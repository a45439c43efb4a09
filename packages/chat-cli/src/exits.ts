// With which code the program ends, and what it says then. One table, for scripts to rely on.

import type { Connection } from "chat-hub";

export const exits = {
  ok: 0,
  error: 1,
  usage: 2,
  cannotConnect: 3,
  loginRefused: 4,
  closedByServer: 5,
  interrupted: 130,
} as const;

export interface Ending {
  readonly code: number;
  /** One line for stderr; nothing is left to say after a goodbye. */
  readonly text?: string;
}

export interface Failure {
  readonly reason: string;
  /** Something is there, but no chat. */
  readonly isAnswered: boolean;
}

export interface Attempt {
  readonly url: string;
  readonly username: string;
  /** Logged in at least once. */
  readonly everOnline: boolean;
  /** Why the last socket failed, as far as anybody said. */
  readonly failure: Failure | undefined;
}

/** How it ends, if this state of the connection is the end. */
export function endingOf(connection: Connection, attempt: Attempt): Ending | undefined {
  switch (connection.state) {
    case "connecting":
    case "online":
      return undefined;
    case "waiting":
      return attempt.everOnline ? undefined : cannotConnect(attempt, connection);
    case "refused": {
      const { message, hint } = connection.error;
      const text = `${attempt.username} is not let in: ${message}${hint === undefined ? "" : ` (${hint})`}`;
      return { code: exits.loginRefused, text };
    }
    case "ended": {
      const { code, reason } = connection;
      // Our own goodbye is the shell's to explain.
      if (code === 1000) return { code: exits.ok };
      const text = `the server closed the connection: ${reason === "" ? "it did not say why" : reason} (${code})`;
      return { code: exits.closedByServer, text };
    }
  }
}

function cannotConnect(
  { url, failure }: Attempt,
  { code, reason }: { code: number; reason: string },
): Ending {
  const why = failure?.reason ?? (reason === "" ? "it hung up" : reason);
  const port = /:(\d+)\//.exec(url)?.[1] ?? "8001";
  const way = failure?.isAnswered
    ? " Is there a chat-server behind this address?"
    : // A chat-server that is there, and says why not now, needs no other.
      code === 1006
      ? ` Start a server with: npx chat-server --port ${port}`
      : "";
  return { code: exits.cannotConnect, text: `can't connect to ${url}: ${why}.${way}` };
}
