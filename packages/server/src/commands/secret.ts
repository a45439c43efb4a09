// A password, from whoever sits at the terminal, or from a pipe. Never from an argument: everybody on a
// machine can read the arguments of a process.

import type { ReadStream } from "node:tty";
import { ErrandError } from "../control/errand.js";

/** The longest secret that is read, in characters. */
const mostChars = 4_096;

/** Asks twice on a terminal, without showing what is typed; otherwise reads the first line that comes. */
export async function askSecret(
  what: string,
  input: ReadStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  if (!input.isTTY) return firstLine(input);
  const once = await typed(`${what}: `, input, output);
  const again = await typed(`${what}, once more: `, input, output);
  if (once !== again) throw new ErrandError("the two are not the same: nothing was changed");
  return once;
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  input.setEncoding("utf8");
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes("\n") || text.length > mostChars) break;
  }
  const [line = ""] = text.split(/\r?\n/);
  if (line === "") throw new ErrandError("no password came: type it on a terminal, or give it on stdin");
  return line;
}

function typed(prompt: string, input: ReadStream, output: NodeJS.WritableStream): Promise<string> {
  output.write(prompt);
  input.setRawMode(true);
  input.setEncoding("utf8");
  input.resume();
  return new Promise((resolve, reject) => {
    let text = "";
    const end = (): void => {
      input.off("data", hear);
      input.setRawMode(false);
      input.pause();
      output.write("\n");
    };
    const hear = (chunk: string): void => {
      for (const char of chunk) {
        if (char === "\r" || char === "\n") {
          end();
          return resolve(text);
        }
        if (char === "\u0003" || char === "\u0004") {
          end();
          return reject(new ErrandError("nothing was changed"));
        }
        if (char === "\u007F" || char === "\b") text = [...text].slice(0, -1).join("");
        else if (char === "\u0015") text = "";
        else if (char >= " " && text.length < mostChars) text += char;
      }
    };
    input.on("data", hear);
  });
}
