// The clock of this machine, for what is ordered by it.

/** Waits until it shows another millisecond: what is written later is then dated later too. */
export async function nextMillisecond(): Promise<void> {
  const before = Date.now();
  while (Date.now() === before) await new Promise((resolve) => setTimeout(resolve, 1));
}
