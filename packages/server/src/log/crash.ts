// The last words of a process that ends by an error nobody expected. Where it happened is told; its message is not, unless it
// is the system's: others may quote what somebody has sent.

export interface Crash {
  readonly name: string;
  readonly code?: string;
  readonly reason?: string;
  /** Where, the innermost first. */
  readonly stack: string;
}

const mostFrames = 12;

export function crashOf(thrown: unknown): Crash {
  if (!(thrown instanceof Error)) return { name: typeof thrown, stack: "" };
  const { name, stack = "" } = thrown;
  const { code, syscall } = thrown as NodeJS.ErrnoException;
  // The message stands in front of the frames, and may have lines that look like some.
  const behind = stack.startsWith(`${name}: ${thrown.message}`)
    ? stack.slice(name.length + 2 + thrown.message.length)
    : "";
  const frames = behind
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "));
  return {
    name: /^\w{1,40}$/.test(name) ? name : "Error",
    ...(typeof code === "string" && /^\w{1,40}$/.test(code) ? { code } : {}),
    ...(syscall === undefined ? {} : { reason: thrown.message }),
    stack: frames.slice(0, mostFrames).join(" | "),
  };
}
