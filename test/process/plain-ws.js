// `ws` and nothing else, as anyone starts it: what a connection costs before there is any chat.

import { WebSocketServer } from "ws";

const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
server.on("connection", (socket) => {
  socket.on("message", () => {});
  socket.on("error", () => {});
});
server.on("listening", () => console.log(`Server running on port: ${server.address().port}`));
