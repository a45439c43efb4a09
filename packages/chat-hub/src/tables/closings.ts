// How a connection is ended by us. 1002, 1007, 1008 and 1009 are the WebSocket library's own. The
// 44xx codes echo HTTP; `retry` is what a client may do next.

export const closings = {
  goodbye: { code: 1000, reason: "goodbye", retry: "never" },
  restarting: { code: 1012, reason: "the server restarts", retry: "later" },
  tryLater: { code: 1013, reason: "the server can't store or read now", retry: "later" },
  badLogin: { code: 4400, reason: "the login can't be read", retry: "never" },
  notLetIn: { code: 4401, reason: "not let in", retry: "never" },
  loginEnded: { code: 4401, reason: "this login has ended", retry: "never" },
  banned: { code: 4403, reason: "banned", retry: "never" },
  kicked: { code: 4410, reason: "put out by an admin; you may come back", retry: "never" },
  loginDeadline: { code: 4408, reason: "no login in time", retry: "later" },
  silent: { code: 4408, reason: "no answer to two pings", retry: "later" },
  stuck: { code: 4408, reason: "nothing was read for too long", retry: "later" },
  gaveWay: { code: 4408, reason: "silent while somebody else asked for the name", retry: "later" },
  nameTaken: { code: 4409, reason: "the name is taken", retry: "never" },
  guessing: { code: 4429, reason: "too many logins that failed", retry: "later" },
  crowded: { code: 4429, reason: "too many connections from one address", retry: "later" },
  flood: { code: 4429, reason: "a flood that goes on", retry: "later" },
} as const satisfies Record<string, { code: number; reason: string; retry: "later" | "never" }>;

export type Closing = keyof typeof closings;
