// Asks a server's process about itself, by messages to what was loaded before it. Each answer names its question: a server
// that is busy answers late, and two answers may come together.

import type { ChildProcess } from "node:child_process";

export interface Question {
  readonly about: "cpu" | "memory";
  readonly ask: number;
  /** When it was asked, in Unix milliseconds. */
  readonly atMs: number;
  /** For how long memory is looked at; the least counts. */
  readonly watchMs?: number;
}

export interface Answer {
  readonly ask: number;
  readonly answer: unknown;
}

let asks = 0;

/** @throws if the process ends instead */
export function ask<Result>(server: ChildProcess, about: Question["about"], watchMs = 0): Promise<Result> {
  const question: Question = { about, ask: ++asks, atMs: Date.now(), watchMs };
  return new Promise((resolve, reject) => {
    const hear = (said: Answer) => {
      if (said.ask !== question.ask) return;
      stop();
      resolve(said.answer as Result);
    };
    const fail = () => {
      stop();
      reject(new Error("the server ended instead of saying what it uses"));
    };
    const stop = () => {
      server.off("message", hear);
      server.off("exit", fail);
    };
    server.on("message", hear);
    server.on("exit", fail);
    server.send(question);
  });
}
