// How to speak to a peer: a closed list by name, because the load runs in a process of its own and is told only the name.
// A dialect says how a delivered frame begins, so that its message is found without decoding it.

export interface Post {
  readonly from: string;
  readonly message: string;
  /** Asks for an ack. */
  readonly id?: number | undefined;
}

export interface PrivatePost extends Post {
  readonly to: string;
}

export interface Dialect {
  /** The path of the upgrade for a user of this name. */
  path(username: string): string;
  /** What the client says once it is upgraded, and how the frame begins by which the server says that it is in. */
  readonly entering?: {
    says(username: string, partner: string | undefined): readonly string[];
    readonly hears: string;
  };
  /** A frame that sends a message to everyone. */
  post(post: Post): string;
  /** A frame that sends a message to one user, of which its sender gets a copy. */
  privately(post: PrivatePost): string;
  /** All delivered frames begin with this; the message comes right after it. */
  readonly delivered: string;
  /** How an ack begins; absent if there are none. */
  readonly ack?: string;
  /** The place in the log that a delivered frame names; absent if it names none. */
  seq?(frame: string): number;
  /** What chat frames travel in: WebSocket frames of their own, or lines of NATS in WebSocket frames. */
  readonly framing: "frames" | "nats";
}

const newMessage = '{"type":"new_message","payload":{"message":"';

/** Ours, and of the peers that a WebSocket library serves: they deliver the same bytes. */
const events = {
  path: (username) => `/ws?username=${username}`,
  entering: { says: () => [], hears: '{"type":"welcome"' },
  post: ({ message, id }) => JSON.stringify({ type: "send_message", id, payload: { message } }),
  privately: ({ message, id, to }) =>
    JSON.stringify({ type: "private_message", id, payload: { message, to } }),
  delivered: newMessage,
  ack: '{"type":"ack"',
  seq: (frame) => (JSON.parse(frame) as { payload: { seq: number } }).payload.seq,
  framing: "frames",
} as const satisfies Dialect;

/** Socket.IO 4 over Engine.IO 4: 0 opens, 40 connects, 42 is an event, 42ID one that asks for the ack 43ID. */
const socketIo: Dialect = {
  path: (username) => `/socket.io/?EIO=4&transport=websocket&username=${username}`,
  entering: { says: () => ["40"], hears: "40" },
  post: ({ message, id }) => `42${id ?? ""}${JSON.stringify(["send_message", { message }])}`,
  privately: ({ message, id, to }) => `42${id ?? ""}${JSON.stringify(["private_message", { message, to }])}`,
  delivered: '42["new_message",{"message":"',
  ack: "43",
  seq: (frame) => (JSON.parse(frame.slice(2)) as [string, { seq: number }])[1].seq,
  framing: "frames",
};

/** A publisher of NATS sends what the subscribers get: the finished frame of ours, with digits for what a server adds. */
const nats: Dialect = {
  path: () => "/",
  entering: {
    says: (username, partner) => [
      'CONNECT {"verbose":false,"pedantic":false,"echo":true}\r\n',
      `SUB ${partner === undefined ? "everyone" : pairSubject(username, partner)} 1\r\n`,
      "PING\r\n",
    ],
    hears: "PONG",
  },
  post: (post) => publish("everyone", finished({ ...post, conversation: "everyone" })),
  privately: (post) =>
    publish(pairSubject(post.from, post.to), finished({ ...post, conversation: `@${post.to}` })),
  delivered: newMessage,
  framing: "nats",
};

/** Both of a pair listen to it, so that the sender gets a copy. */
function pairSubject(one: string, other: string): string {
  return `pair.${[one, other].sort().join(".")}`;
}

function finished({ message, from, to, conversation }: Post & { to?: string; conversation: string }): string {
  const line = { message, from, sent: "14:30:25", to, conversation, seq: 100_000, at: 1_795_357_825_123 };
  return JSON.stringify({ type: "new_message", payload: line });
}

function publish(subject: string, payload: string): string {
  return `PUB ${subject} ${Buffer.byteLength(payload)}\r\n${payload}\r\n`;
}

export const dialects = { events, socketIo, nats } as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;
