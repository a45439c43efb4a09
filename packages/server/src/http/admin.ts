// The port for whoever runs the server: figures and health, nothing else.

import type { RequestListener } from "node:http";
import { isLoopback } from "./addresses.js";
import type { Answers } from "./answers.js";
import { respond, serveAnswer } from "./answers.js";
import { namesLoopback, Origins } from "./origins.js";
import { admit } from "./policy.js";

export function adminPort(answers: Answers): RequestListener {
  const nobody = new Origins();
  return (request, response) => {
    if (!admit(request, response, nobody, false)) return;
    // A name that was made to point to this machine is a page that wants to read what is not its own.
    if (isLoopback(request.socket.localAddress) && !namesLoopback(request.headers.host ?? ""))
      return respond(request, response, { status: 403, body: "This port is asked by its own name.\n" });
    if (serveAnswer(answers, request, response)) return;
    respond(request, response, { status: 404, body: `Here is ${Object.keys(answers).join(", ")}.\n` });
  };
}
