// Frames that can't be obeyed: each is answered with a code, what was expected and the way out, and the
// connection lives. Nothing in a frame is believed for its name alone.

import { describe, expect, test } from "vitest";
import { openHouse } from "../support/house.js";

const deep = (levels: number): string => `${'{"a":'.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`;

const malformed = { code: "malformed", retryable: false };

describe("the events dialect", () => {
  test.each([
    ["nothing", "", { ...malformed, message: "this is not JSON" }],
    ["half a frame", '{"type":"ping"', { ...malformed, message: "this is not JSON" }],
    ["two frames in one", '{"type":"ping"}{"type":"ping"}', { ...malformed, message: "this is not JSON" }],
    ["a comment", '{"type":"ping"} // now', { ...malformed, message: "JSON has no comments" }],
    ["a comment inside", '{"type":/* now */"ping"}', { ...malformed, message: "JSON has no comments" }],
    ["slashes in a string, and no JSON", '{"type":"http://x"', { ...malformed, message: "this is not JSON" }],
    ["a list", "[]", { ...malformed, message: "a frame is one JSON object, this is an array" }],
    ["a string", '"hi"', { ...malformed, message: "a frame is one JSON object, this is a string" }],
    ["a number", "7", { ...malformed, message: "a frame is one JSON object, this is a number" }],
    ["null", "null", { ...malformed, message: "a frame is one JSON object, this is null" }],
    ["no type", '{"payload":{}}', { ...malformed, message: "type is missing" }],
    ["a number as type", '{"type":7}', { ...malformed, message: "type is a number, not a string" }],
    [
      "a payload that is a list",
      '{"type":"ping","payload":[]}',
      { ...malformed, message: "payload is an array, not an object" },
    ],
    [
      "a payload that is a string",
      '{"type":"send_message","payload":"hi"}',
      { ...malformed, message: "payload is a string, not an object" },
    ],
    [
      "an unknown type",
      '{"type":"dance"}',
      {
        code: "unknown_type",
        message: 'there is no command "dance"',
        hint: expect.stringContaining("send_message"),
      },
    ],
    ["a type in capitals", '{"type":"PING"}', { code: "unknown_type" }],
    [
      "a push as a command",
      '{"type":"new_message","payload":{"message":"hi","from":"bob"}}',
      { code: "unknown_type" },
    ],
    ["a type of every object", '{"type":"constructor"}', { code: "unknown_type" }],
    ["a type of every object's prototype", '{"type":"__proto__"}', { code: "unknown_type" }],
    ["a very long type", `{"type":"${"x".repeat(9_000)}"}`, { code: "unknown_type" }],
    [
      "an id that is a list",
      '{"type":"ping","id":[]}',
      { ...malformed, message: "id is neither a string nor an integer" },
    ],
    [
      "an id that is a fraction",
      '{"type":"ping","id":1.5}',
      { ...malformed, message: "id is neither a string nor an integer" },
    ],
    [
      "an id of 65 characters",
      `{"type":"ping","id":"${"x".repeat(65)}"}`,
      { ...malformed, message: "id is longer than 64 characters" },
    ],
    [
      "nine levels",
      `{"type":"ping","payload":${deep(8)}}`,
      { ...malformed, message: "the frame is nested deeper than 8 levels" },
    ],
    ["thirty thousand levels", "[".repeat(30_000) + "]".repeat(30_000), malformed],
    [
      "a frame of the simple dialect",
      '{"message":"hi","target":""}',
      { ...malformed, message: "type is missing", hint: expect.stringContaining("/v1/ws") },
    ],
    [
      "white space as message",
      '{"type":"send_message","payload":{"message":" \\n\\t"}}',
      { code: "empty_message" },
    ],
    [
      "U+0000 in a message",
      '{"type":"send_message","payload":{"message":"a\\u0000b"}}',
      { ...malformed, message: "message has U+0000 in it" },
    ],
    [
      "half a surrogate pair",
      '{"type":"send_message","payload":{"message":"a\\ud800b"}}',
      { ...malformed, message: "message has half a surrogate pair in it" },
    ],
    [
      "10,001 characters",
      `{"type":"send_message","payload":{"message":"${"😀".repeat(10_001)}"}}`,
      { code: "too_long", message: "a message has at most 10000 characters" },
    ],
  ])("%s", async (_what, frame, payload) => {
    const house = await openHouse();
    const [alice, bob] = [await house.events("alice"), await house.events("bob")];
    alice.says(frame);
    await alice.hears({ type: "error", payload: { message: expect.any(String), ...payload } });
    alice.says('{"type":"send_message","payload":{"message":"still here"}}');
    await bob.hears({ payload: { message: "still here", seq: 1 } });
  });

  test.each([
    ['"send_message","payload":{}', "send_message.message is missing: a string"],
    ['"send_message"', "send_message.message is missing: a string"],
    ['"send_message","payload":null', "send_message.message is missing: a string"],
    ['"send_message","payload":{"message":null}', "send_message.message is null, not a string"],
    ['"send_message","payload":{"message":7}', "send_message.message is a number, not a string"],
    ['"send_message","payload":{"message":["hi"]}', "send_message.message is an array, not a string"],
    ['"send_message","payload":{"message":{"text":"hi"}}', "send_message.message is an object, not a string"],
    [
      '"send_message","payload":{"message":"hi","conversation":7}',
      "send_message.conversation is a number, not a string",
    ],
    ['"send_message","payload":{"message":"hi","nonce":7}', "send_message.nonce is a number, not a string"],
    [
      '"send_message","payload":{"message":"hi","reply_to":"1"}',
      "send_message.reply_to is a string, not an integer from 1",
    ],
    [
      '"send_message","payload":{"message":"hi","reply_to":0}',
      "send_message.reply_to is a number, not an integer from 1",
    ],
    ['"private_message","payload":{"message":"hi"}', "private_message.to is missing: a string"],
    [
      '"private_message","payload":{"message":"hi","to":["bob"]}',
      "private_message.to is an array, not a string",
    ],
    ['"history","payload":{}', "history.conversation is missing: a string"],
    [
      '"history","payload":{"conversation":"everyone","before":"5"}',
      "history.before is a string, not an integer from 0",
    ],
    [
      '"history","payload":{"conversation":"everyone","after":-1}',
      "history.after is a number, not an integer from 0",
    ],
    [
      '"history","payload":{"conversation":"everyone","around":1.5}',
      "history.around is a number, not an integer from 0",
    ],
    [
      '"history","payload":{"conversation":"everyone","before":1,"around":1}',
      "history takes around or before, not both",
    ],
    ['"log","payload":{"conversation":"everyone"}', "log.after is missing: an integer from 0"],
    ['"users","payload":{"after":7}', "users.after is a number, not a string"],
    ['"users","payload":{"limit":0}', "users.limit is a number, not an integer from 1 to 1000"],
    ['"conversations","payload":{"after":{}}', "conversations.after is an object, not a string"],
    ['"read","payload":{"conversation":"everyone"}', "read.seq is missing: an integer from 0"],
    [
      '"delivered","payload":{"conversation":"everyone","seq":"9"}',
      "delivered.seq is a string, not an integer from 0",
    ],
    ['"delivered","payload":{"seq":9}', "delivered.conversation is missing: a string"],
    ['"login","payload":{"username":7}', "login.username is a number, not a string"],
    ['"login","payload":{"token":[]}', "login.token is an array, not a string"],
    ['"login","payload":{"username":"bob","token":7}', "login.token is a number, not a string"],
    [
      '"login","payload":{"username":"bob","token":"short"}',
      "login.token is not 16 to 128 visible ASCII characters",
    ],
    ['"login","payload":{"username":"bob","since":41}', "login.since is a number, not a string"],
    [
      '"login","payload":{"username":"bob","receipts":"yes"}',
      "login.receipts is a string, not true or false",
    ],
  ])("{type:%s} is told: %s", async (rest, message) => {
    const house = await openHouse();
    const alice = await house.events("alice");
    alice.says(`{"id":"1","type":${rest}}`);
    await alice.hears({ type: "error", id: "1", payload: { ...malformed, message } });
    await alice.hearsNothing();
  });
});

describe("the simple dialect", () => {
  test.each([
    ["nothing", "", { ...malformed, message: "this is not JSON" }],
    [
      "plain text",
      "hello?",
      { ...malformed, message: "this is not JSON", example: '{"message":"hi","target":""}' },
    ],
    ["a list", '["hi"]', malformed],
    ["no message", '{"target":"bob"}', { ...malformed, message: "message is missing: a string" }],
    ["null as message", '{"message":null}', { ...malformed, message: "message is null, not a string" }],
    [
      "a target that is a list",
      '{"message":"hi","target":["bob"]}',
      { ...malformed, message: "target is an array, not a string" },
    ],
    [
      "a bad nonce",
      '{"message":"hi","nonce":"short"}',
      { ...malformed, message: "nonce is not 16 to 64 visible ASCII characters" },
    ],
    [
      "a bad id",
      '{"message":"hi","id":{}}',
      { ...malformed, message: "id is neither a string nor an integer" },
    ],
    [
      "nine levels",
      `{"message":"hi","more":${deep(8)}}`,
      { ...malformed, message: "the frame is nested deeper than 8 levels" },
    ],
    ["10,001 characters", `{"message":"${"é".repeat(10_001)}"}`, { code: "too_long" }],
    [
      "a frame of the events dialect",
      '{"type":"send_message","payload":{"message":"hi"}}',
      { ...malformed, hint: expect.stringContaining("/ws speaks") },
    ],
    [
      "a login of the events dialect",
      '{"type":"login","payload":{"username":"bob"}}',
      { ...malformed, hint: expect.stringContaining("/ws speaks") },
    ],
  ])("%s", async (_what, frame, error) => {
    const house = await openHouse();
    const [alice, bob] = [await house.simple("alice"), await house.simple("bob")];
    alice.says(frame);
    await alice.hears({ error });
    alice.says('{"message":"still here"}');
    await bob.hears({ message: "still here", seq: 1 });
  });
});

test.each(["/ws", "/v1/ws"])(
  "a binary frame on %s is refused, also one that holds good JSON",
  async (path) => {
    const house = await openHouse();
    const alice = await house.connects(`${path}?username=alice&since=unread`, "alice");
    const bob = await house.simple("bob");
    alice.says(Buffer.from('{"message":"hi"}'), Buffer.from([0, 255]));
    const codes = (await alice.heardSoFar()).flatMap((frame) => {
      const { code } = (frame["error"] ?? frame["payload"] ?? {}) as { code?: string };
      return code ?? [];
    });
    expect(codes).toEqual(["text_only", "text_only"]);
    await bob.hearsNothing();
  },
);
