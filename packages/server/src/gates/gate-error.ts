/** Why a gate can't be opened: one line for people, with the way out. */
export class GateError extends Error {
  override readonly name = "GateError";
}
