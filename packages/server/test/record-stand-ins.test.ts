// No secret in a record: whatever a frame looks like, what is written of it has no letter of a token, and a
// hub reads it as it would have read the frame itself.

import { defaultLimits, events, simple } from "chat-hub";
import fc from "fast-check";
import { expect, test } from "vitest";
import { frameWithoutSecrets } from "../dist/record/frame-stand-ins.js";
import { createStandIns } from "../dist/record/stand-ins.js";

const canary = "my-canary-is-long-enough";

/** A frame, as it is written. */
function written(frame: string): string {
  return frameWithoutSecrets(frame, createStandIns());
}

/** Every text that could be read out of it, escapes undone. */
function readOut(frame: string): string {
  return frame.replace(/\\u([\da-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

test("a stand-in is as long as its secret, and as visible; the same has the same, another another", () => {
  const standIn = createStandIns();
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ minLength: 16, maxLength: 128 }), (odd, token) => {
      expect(standIn(token)).toBe(standIn(token));
      expect(standIn(token)).toHaveLength(token.length);
      expect(/^[!-~]*$/.test(standIn(odd))).toBe(/^[!-~]*$/.test(odd));
      expect(/\p{Cs}/u.test(standIn(odd))).toBe(/\p{Cs}/u.test(odd));
    }),
  );
  expect(standIn(canary)).not.toBe(standIn(`${canary}!`.slice(1)));
  expect(createStandIns()(canary)).not.toBe(standIn(canary));
});

test.each([
  [`{"type":"login","payload":{"username":"alice","token":"${canary}"}}`],
  [`{ "payload" : { "token" : "${canary}" , "username" : "alice" } , "type" : "login" }`],
  [`{"type":"login","payload":{"username":"alice","tok\\u0065n":"${canary.replace("m", "\\u006d")}"}}`],
  [`{"type":"login","payload":{"username":"alice","token":["${canary}",{"a":"${canary}"}]}}`],
  [`{"type":"login","payload":{"username":"alice","token":{"${canary}":1}}}`],
  [`{"type":"login","payload":{"username":"alice","tokne":"${canary}"}}`],
  [`{"type":"login","payload":"alice ${canary}"}`],
  [`{"type":"login","payload":["alice","${canary}"]}`],
  [`{"type":"login","username":"alice","key":"${canary}"}`],
  [`{"type":"login","payload":{"username":"alice","password":"${canary}"}}`],
  [`{"type":"register","payload":{"username":"alice","password":"${canary}","invite":"${canary}"}}`],
  [`{"type":"register","payload":{"username":"alice","pasword":"${canary}"}}`],
  [`{"type":"set_password","payload":{"old":"${canary}","password":"${canary}"}}`],
  [`{"type":"set_password","payload":{"odl":"${canary}","new":"${canary}"}}`],
  [`{"type":"setpassword","payload":{"old":"${canary}"}}`],
  [`{"type":"refresh","payload":{"token":"${canary}"}}`],
  [`{"type":"refresh","payload":"${canary}"}`],
  [`{"type":"log_in","payload":{"Token":"${canary}"}}`],
  [`{"type":"send_message","payload":{"message":"hi","access_token":"${canary}"}}`],
  [`{"message":"hi","token":"${canary}"}`],
  [`{"payload":{"token":"${canary}"},"payload":{}}`],
  [`{"type":"login","payload":{"token":"${canary}","token":"short"}}`],
  [`["login","alice","${canary}"]`],
  [`"${canary}"`],
  [`{"type":"login","payload":{"username":"alice","token":"${canary}`],
  [`{"type":"login","payload":{"username":"alice","token":"${canary}"}} // mine`],
  [`{'token':'${canary}'}`],
  [`login alice ${canary}`],
  [`token=${canary}`],
])("in %s the token has a stand-in", (frame) => {
  const told = written(frame);
  expect(readOut(frame)).toContain(canary);
  expect(readOut(told)).not.toContain(canary);
  expect(readOut(told)).not.toContain("canary");
  expect(told).toHaveLength(frame.length);
});

test.each([
  ["help"],
  [`{"message":"what is a token? my-canary-is-long-enough is none","target":"#login"}`],
  [`{"type":"send_message","id":"tok\\u0065n","payload":{"message":"no secret: \\ud83d\\ude00"}}`],
  [`{"type":"invite","id":1,"payload":{"conversation":"#dev","username":"alice"}}`],
  [`{"type":"register","id":1,"payload":{"username":"alice","receipts":true}}`],
  [`{"type":"end_session","id":1,"payload":{"session":"the-name-of-a-session"}}`],
  [`{"type":"login","id":1,"payload":{"username":"alice","since":"unread","receipts":true,"rooms":"dev"}}`],
])("%s is written as it came", (frame) => expect(written(frame)).toBe(frame));

const names = ["type", "id", "payload", "token", "Token", "username", "message", "since", "x"];
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom("login", "send_message", canary, "alice", "help", 0, -12.5e30, true, null),
    fc.string({ unit: "binary" }),
    fc.dictionary(fc.constantFrom(...names), tie("any"), { maxKeys: 5 }),
    fc.array(tie("any"), { maxLength: 3 }),
  ),
})).any;
const login = fc.record({
  type: fc.constant("login"),
  id: fc.constantFrom(1, "a"),
  payload: fc.record({ username: fc.constant("alice"), token: fc.oneof(fc.constant(canary), value) }),
});

/** JSON as somebody may have written it: with escapes where none are needed, and sometimes damaged. */
const frame = fc
  .tuple(fc.oneof(value, login), fc.infiniteStream(fc.nat(9)), fc.option(fc.nat(200), { freq: 3 }))
  .map(([told, dice, cut]) => {
    const text = JSON.stringify(told, null, dice.next().value === 0 ? 1 : 0).replace(
      /(?<=[\w-])[a-z]/g,
      (letter) =>
        dice.next().value === 0 ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}` : letter,
    );
    return cut === null ? text : text.slice(0, cut);
  });

test("whatever the frame, a hub reads what is written of it as it read the frame, but for the token", () => {
  let logins = 0;
  fc.assert(
    fc.property(frame, (text) => {
      const told = written(text);
      expect(told).toHaveLength(text.length);
      for (const dialect of [events, simple]) {
        const [before, after] = [text, told].map((each) => {
          const decoded = dialect.decode(each, defaultLimits);
          if (!decoded.ok || decoded.value.command.type !== "login") return decoded;
          logins += 1;
          const { token, ...rest } = decoded.value.command;
          return { ...decoded.value, command: { ...rest, token: token?.length } };
        });
        expect(after).toEqual(before);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(logins).toBeGreaterThan(100);
});
