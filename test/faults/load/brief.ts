// A message as it is remembered: a long one by how it begins and how long it is. So a gigabyte can be said
// and held against the log, and nobody keeps it.

/** As long as this, a message is remembered as it stands. */
const wholeChars = 80;

export function brief(message: string): string {
  if (message.length <= wholeChars) return message;
  // A copy: a slice would keep all of the message in memory.
  const beginning = Buffer.from(message.slice(0, wholeChars)).toString();
  return `${beginning}… ${message.length}`;
}
