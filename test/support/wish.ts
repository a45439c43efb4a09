// How a command of this checkout reads what it is asked for. What is wrong with it is said in one line, and
// how it is used after that.

/** What is asked for can't be done; the message says why. */
export class WrongUse extends Error {}

/** What `read` makes of the arguments; nothing if it throws for them, which is told. */
export function wishOf<Wish>(
  usage: string,
  read: () => Wish,
  complain: (line: string) => void = console.error,
): Wish | undefined {
  try {
    return read();
  } catch (error) {
    if (!isOfArguments(error)) throw error;
    // What parseArgs adds about arguments that begin with a dash helps nobody here.
    complain((error.message.split(". ")[0] ?? "").replace(/\.$/, ""));
    complain(usage);
    return undefined;
  }
}

/** @throws WrongUse */
export function wholeNumber(flag: string, text: string | undefined, least = 0): number {
  const number = Number(text);
  if (text === undefined || !/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < least)
    throw new WrongUse(`${flag} is a whole number from ${least} on, not ${text ?? "nothing"}`);
  return number;
}

function isOfArguments(error: unknown): error is Error {
  if (error instanceof WrongUse) return true;
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
