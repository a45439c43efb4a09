/** Why there can be no record, or why it can't be read: one line for people, with the way out. */
export class RecordError extends Error {
  override readonly name = "RecordError";
}
