// How to speak to a peer: a closed list by name, because the load runs in a process of its own and is told only the name.
// A dialect says how a delivered frame begins, so that its message is found without decoding it.

export interface Dialect {
  /** The path of the upgrade for a user of this name. */
  path(username: string): string;
  /** A frame that sends `message` to everyone; with `id`, one that asks for an ack. */
  post(message: string, id?: number): string;
  /** All delivered frames begin with this; the message comes right after it. */
  readonly delivered: string;
  readonly ack: string;
  /** The place in the log that a delivered frame names. */
  seq(frame: string): number;
}

export const dialects = {
  events: {
    path: (username) => `/ws?username=${username}`,
    post: (message, id) => JSON.stringify({ type: "send_message", id, payload: { message } }),
    delivered: '{"type":"new_message","payload":{"message":"',
    ack: '{"type":"ack"',
    seq: (frame) => (JSON.parse(frame) as { payload: { seq: number } }).payload.seq,
  },
} as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;
