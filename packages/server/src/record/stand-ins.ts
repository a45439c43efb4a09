// Stand-ins for secrets, so that a record can be given away. The same secret has the same stand-in
// throughout a record, another one another, and none can be led back: its letters are a keyed hash,
// and the key is forgotten with the process. Whatever a hub looks at stays: the length, and whether
// it is visible ASCII.

import { createHmac, randomBytes } from "node:crypto";

export type StandIn = (secret: string) => string;

export function createStandIns(): StandIn {
  const key = randomBytes(32);
  return (secret) => {
    const letters = createHmac("sha256", key).update(secret).digest("base64url");
    let standIn = "";
    for (let index = 0; index < secret.length; index += 1)
      standIn += standInFor(secret.charAt(index), letters.charAt(index % letters.length));
    return standIn;
  };
}

/** For one UTF-16 unit. What JSON has short escapes for stays as it is, since it may be written as one. */
function standInFor(char: string, letter: string): string {
  if (/["\\/\s\p{Cc}]/u.test(char)) return char;
  if (/[!-~]/.test(char)) return letter;
  // Halves of a pair stay halves: a lone one is refused.
  if (/[\ud800-\udbff]/.test(char)) return "\ud83d";
  return /[\udc00-\udfff]/.test(char) ? "\udd11" : "·";
}
