// The inside of a load process that is told what to do step by step: each task by its name, answered when it is done.

// biome-ignore lint/suspicious/noExplicitAny: what a task takes is between it and whoever asks for it
export type Tasks = Readonly<Record<string, (plan: any) => unknown>>;

export interface Asked {
  readonly ask: number;
  readonly task: string;
  readonly plan: unknown;
}

export type Answered =
  | { readonly ask: number; readonly answer: unknown }
  | { readonly ask: number; readonly failed: string }
  /** It was no task that failed, but the load itself. */
  | { readonly ask?: undefined; readonly failed: string };

/** Takes tasks until the parent is gone. */
export function take(tasks: Tasks): void {
  process.on("message", async ({ ask, task, plan }: Asked) => {
    try {
      process.send?.({ ask, answer: await tasks[task]?.(plan) } satisfies Answered);
    } catch (error) {
      process.send?.({ ask, failed: reason(error) } satisfies Answered);
    }
  });
  process.once("disconnect", () => process.exit());
}

/** Nothing that was measured counts any more. */
export function failLoad(error: Error): void {
  process.send?.({ failed: reason(error) } satisfies Answered);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
