// Asks for something secret at the terminal: nothing of it is shown.

import { StringDecoder } from "node:string_decoder";
import type { ReadStream } from "node:tty";

/** Longer than any password may be. */
const mostChars = 1_024;

/** What was typed before Enter; nothing if whoever sits there left instead (Ctrl-C, Ctrl-D). */
export function askHidden(
  question: string,
  keyboard: ReadStream,
  say: (text: string) => void,
): Promise<string | undefined> {
  const decoder = new StringDecoder("utf8");
  let typed = "";
  // What is typed as soon as the question stands there is not to be shown either.
  keyboard.setRawMode(true);
  keyboard.resume();
  say(question);
  return new Promise((resolve) => {
    const end = (answer: string | undefined, rest = ""): void => {
      keyboard.off("data", read);
      keyboard.off("end", leave);
      keyboard.setRawMode(false);
      keyboard.pause();
      say("\r\n");
      // What was pasted or typed ahead is the next answer.
      if (rest !== "") keyboard.unshift(Buffer.from(rest));
      resolve(answer);
    };
    const leave = (): void => end(undefined);
    const read = (bytes: Buffer): void => {
      const letters = [...decoder.write(bytes)];
      for (const [index, letter] of letters.entries()) {
        if (letter === "\r" || letter === "\n") return end(typed, letters.slice(index + 1).join(""));
        if (letter === "\u0003" || (letter === "\u0004" && typed === "")) return leave();
        if (letter === "\u007f" || letter === "\b") typed = [...typed].slice(0, -1).join("");
        else if (letter === "\u0015") typed = "";
        else if (letter >= " " && typed.length < mostChars) typed += letter;
      }
    };
    keyboard.on("data", read);
    keyboard.once("end", leave);
  });
}
