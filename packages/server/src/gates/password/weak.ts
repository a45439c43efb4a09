// Passwords that are tried first, whoever is guessed at: short ones, one's own name, one letter again and
// again, rows of the keyboard, and those that people choose most. Attempts are few (see the hub's limits), so
// a short list keeps out what a guesser could reach.

import type { Name } from "chat-hub";
import { leastPasswordChars } from "./limits.js";

/** Words of which, with a few digits or signs around them, most bad passwords are made. */
const words = [
  "password",
  "passwort",
  "passw0rd",
  "p@ssword",
  "p@ssw0rd",
  "motdepasse",
  "contrasena",
  "qwertyui",
  "qwerty",
  "qwertz",
  "azerty",
  "asdfgh",
  "asdfghjk",
  "zxcvbnm",
  "1q2w3e4r",
  "1qaz2wsx",
  "q1w2e3r4",
  "letmein",
  "welcome",
  "changeme",
  "iloveyou",
  "sunshine",
  "princess",
  "football",
  "baseball",
  "superman",
  "starwars",
  "computer",
  "internet",
  "whatever",
  "trustno1",
  "monkey",
  "dragon",
  "master",
  "shadow",
  "secret",
  "geheim",
  "admin",
  "administrator",
  "root",
  "login",
  "chat",
  "test",
  "guest",
  "user",
  "hello",
  "abc",
  "abcd",
  "abcdefgh",
] as const;

const digits = "01234567890123456789";
const downwards = [...digits].reverse().join("");

export function isWeak(password: string, { key }: Pick<Name, "key">): boolean {
  const plain = password.normalize("NFKC").toLowerCase();
  const letters = [...plain];
  if ([...password].length < leastPasswordChars || new Set(letters).size < 4) return true;
  if (digits.includes(plain) || downwards.includes(plain)) return true;
  // What is left without digits and signs around it, and without all of them.
  const core = plain.replace(/^[\d\p{P}\p{S}\s]+|[\d\p{P}\p{S}\s]+$/gu, "");
  const halves = plain.slice(0, plain.length / 2).repeat(2);
  return [plain, core, halves === plain ? plain.slice(0, plain.length / 2) : ""].some(
    (text) => text === key || (words as readonly string[]).includes(text),
  );
}
