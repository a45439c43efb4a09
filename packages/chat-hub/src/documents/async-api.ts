// The same frames as an AsyncAPI document: where they are spoken, and what answers what.

import type { Schema } from "../shapes/shape.js";
import type { CommandRow } from "../tables/commands.js";
import { commands } from "../tables/commands.js";
import type { Limits } from "../tables/limits.js";
import { defaultLimits } from "../tables/limits.js";
import type { FrameName, Frames } from "./frames.js";
import { drawFrames } from "./frames.js";

/** An AsyncAPI 3.1 document; its schemas say no more than drafts 07 and 2020-12 of JSON Schema both do. */
export function asyncApi(limits: Limits = defaultLimits): Schema {
  const frames = drawFrames(limits, "#/components/schemas/");
  const { definitions } = frames;
  const events = [...frames.commands, ...frames.pushes];
  return {
    asyncapi: "3.1.0",
    info: {
      title: "chat-hub",
      version: "1",
      description:
        "Chat over raw WebSocket: one JSON object a frame, in two dialects. Each is its own channel of one server.",
      license: { name: "MIT" },
    },
    defaultContentType: "application/json",
    servers: {
      here: {
        host: "{host}",
        protocol: "ws",
        description: "`wss` where TLS ends in front of it.",
        variables: { host: { default: "localhost:8001", description: "Where this document was got from." } },
      },
    },
    channels: {
      events: channel("/ws", "The events dialect: {type, id?, payload} both ways.", events),
      simple: channel("/v1/ws", "The simple dialect: {message, target} both ways.", frames.simple),
    },
    operations: operations(frames),
    components: {
      schemas: definitions,
      messages: Object.fromEntries([...events, ...frames.simple].map(message)),
    },
  };
}

function message({ name, what, example }: FrameName): readonly [string, Schema] {
  return [
    name,
    {
      name,
      summary: what,
      payload: { $ref: `#/components/schemas/${name}` },
      examples: [{ payload: JSON.parse(example) }],
    },
  ];
}

function channel(address: string, description: string, frames: readonly FrameName[]): Schema {
  return {
    address,
    description,
    servers: [{ $ref: "#/servers/here" }],
    messages: Object.fromEntries(frames.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }])),
    bindings: { ws: { method: "GET", query, bindingVersion: "0.1.0" } },
  };
}

/** A login in the URL: as `login`, all as text. */
const query: Schema = {
  type: "object",
  properties: Object.fromEntries(
    Object.keys(commands.login.payload.fields).map((field) => [field, { type: "string" }]),
  ),
};

/** Seen from the server: each command is received, and answered if it has an `id`; all pushes are sent. */
function operations({ pushes, simple }: Frames): Schema {
  const received = (Object.entries(commands) as [string, CommandRow][]).map(([type, { what, answer }]) => [
    type,
    {
      action: "receive",
      summary: what,
      ...on("events", [`command.${type}`]),
      reply: on("events", [`push.${answer}`, "push.error"]),
    },
  ]);
  const names = (frames: readonly FrameName[]) => frames.map(({ name }) => name);
  return {
    ...Object.fromEntries(received),
    push: { action: "send", summary: "what happens, and answers", ...on("events", names(pushes)) },
    "simple.say": {
      action: "receive",
      ...on("simple", ["simple.say"]),
      reply: on("simple", ["simple.ack", "simple.error"]),
    },
    "simple.hear": {
      action: "send",
      ...on(
        "simple",
        names(simple).filter((name) => name !== "simple.say"),
      ),
    },
  };
}

function on(channel: string, messages: readonly string[]): Schema {
  return {
    channel: { $ref: `#/channels/${channel}` },
    messages: messages.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
  };
}
