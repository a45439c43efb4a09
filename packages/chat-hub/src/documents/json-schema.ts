// Every frame of both dialects as one JSON Schema. What no schema can say of a frame stands in
// `beyondSchema`; beside that, a frame is read exactly if it is valid.

import { beyondPatterns } from "../shapes/names.js";
import type { Schema } from "../shapes/shape.js";
import type { Limits } from "../tables/limits.js";
import { defaultLimits } from "../tables/limits.js";
import type { FrameName } from "./frames.js";
import { drawFrames } from "./frames.js";

/** Where the schema and what reads a frame may differ, and the only such places. */
export const beyondSchema = {
  bytes: "a frame of more bytes than frame_bytes ends its connection",
  depth: "a frame that is nested deeper than the server looks is refused",
  ...beyondPatterns,
  address: "an address is not this machine's own, which is not counted",
  emoji: "an emoji is one of Unicode's list of emoji and their sequences (RGI_Emoji)",
  query: "a query is in the language of searches, and has something to search for",
} as const;

/** A JSON Schema 2020-12 of any frame; `$defs` has each by its name, such as `command.login`. */
export function jsonSchema(limits: Limits = defaultLimits): Schema {
  const at = "#/$defs/";
  const { definitions, commands, pushes, simple } = drawFrames(limits, at);
  const anyOf = (frames: readonly FrameName[]): Schema => ({
    anyOf: frames.map(({ name }) => ({ $ref: at + name })),
  });
  const says = simple.filter(({ name }) => name === "simple.say");
  const hears = simple.filter(({ name }) => name !== "simple.say");
  const groups = {
    command: { description: "What a client sends to /ws.", ...anyOf(commands) },
    push: { description: "What a client gets from /ws.", ...anyOf(pushes) },
    "simple.in": { description: "What a client sends to /v1/ws.", ...anyOf(says) },
    "simple.out": { description: "What a client gets from /v1/ws.", ...anyOf(hears) },
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "chat-hub",
    description: "The frames of chat-hub, one JSON object each, in text frames of a WebSocket.",
    $comment: `Beyond this schema: ${Object.values(beyondSchema).join("; ")}.`,
    anyOf: Object.keys(groups).map((name) => ({ $ref: at + name })),
    $defs: { ...groups, ...definitions },
  };
}
