// With which code the program ends, and what it says then. One table, for scripts to rely on.

import type { Connection, Refusal } from "chat-hub";

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
  /** The code of the refusal that it ended by. */
  readonly refusal?: string;
  /** The login is over: what is kept of it is of no use. */
  readonly isOver?: true;
}

export interface Failure {
  readonly reason: string;
  /** What may help; absent where a server that is not started is likely. */
  readonly way?: string;
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
      const { code: refusal } = connection.error;
      return { code: exits.loginRefused, text: refusedWords(connection.error, attempt), refusal };
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

/** Ways out that read better here than the server's, which speaks to those who type JSON. */
const ways: Readonly<Record<string, string>> = {
  registration_closed: "ask whoever runs the server for an account",
  invite_needed: "--invite CODE brings one; ask whoever runs the server for it",
  not_let_in: "who has no account asks whoever runs the server, or tries --register",
  login_expired: "start again to log in",
};

function refusedWords({ code, message, hint, retry_after_ms: wait }: Refusal, attempt: Attempt): string {
  const way = wait === undefined ? (ways[code] ?? hint) : `again in ${Math.ceil(wait / 1000)} s`;
  const what = code === "not_let_in" ? "the name, or the password or token for it, is wrong" : message;
  const why = `${what}${way === undefined ? "" : ` (${way})`}`;
  return attempt.everOnline ? `${attempt.username}: ${why}` : `${attempt.username} is not let in: ${why}`;
}

function cannotConnect(
  { url, failure }: Attempt,
  { code, reason }: { code: number; reason: string },
): Ending {
  const why = failure?.reason ?? (reason === "" ? "it hung up" : reason);
  const port = /:(\d+)\//.exec(url)?.[1] ?? "8001";
  // A chat-server that is there, and says why not now, needs no other.
  const start = code === 1006 ? `Start a server with: npx chat-server --port ${port}` : "";
  const way = failure?.way ?? start;
  return {
    code: exits.cannotConnect,
    text: `can't connect to ${url}: ${why}.${way === "" ? "" : ` ${way}`}`,
  };
}
