// The chat on Socket.IO: `io.emit` to everyone, a room for each name, the same payload as ours. It numbers its messages so
// that the load can prove its counts; it stores nothing. Socket.IO is found beside the file that the command line names.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { lineFrom } from "./line.js";

/** As much of Socket.IO as is used; its types are not installed. */
interface Socket {
  readonly handshake: { readonly query: Readonly<Record<string, string>> };
  join(room: string): void;
  on(
    event: string,
    heard: (payload: { message: string; to: string }, ack?: (place: object) => void) => void,
  ): void;
}

interface Rooms {
  emit(event: string, payload: object): void;
}

interface Io extends Rooms {
  on(event: "connection", heard: (socket: Socket) => void): void;
  to(rooms: readonly string[]): Rooms;
}

type Server = new (http: object, options: object) => Io;

const { Server } = createRequire(process.argv[2] as string)("socket.io") as { Server: Server };
const http = createServer();
const io = new Server(http, {
  transports: ["websocket"],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
  // The load answers no pings.
  pingInterval: 3_600_000,
});

io.on("connection", (socket) => {
  const from = socket.handshake.query["username"] ?? "";
  socket.join(from);
  socket.on("send_message", ({ message }, ack) => {
    const line = lineFrom(from, message);
    ack?.({ conversation: line.conversation, seq: line.seq, at: line.at });
    io.emit("new_message", line);
  });
  socket.on("private_message", ({ message, to }, ack) => {
    const line = lineFrom(from, message, to);
    ack?.({ conversation: line.conversation, seq: line.seq, at: line.at });
    io.to([to, from]).emit("new_message", line);
  });
});

http.listen(0, "127.0.0.1", () =>
  console.log(`Server running on port: ${(http.address() as AddressInfo).port}`),
);

process.on("SIGTERM", () => process.exit(0));
