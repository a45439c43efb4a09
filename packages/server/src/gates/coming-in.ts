// Who is coming in by a login just now: it may be ended after the store was asked about it.

export class ComingIn {
  readonly #each = new Set<{ readonly login: string; hasEnded: boolean }>();

  /** Does what lets somebody in by a login, which can tell whether that was ended meanwhile. */
  async by<Answer>(login: string, letIn: (hasEnded: () => boolean) => Promise<Answer>): Promise<Answer> {
    const coming = { login, hasEnded: false };
    this.#each.add(coming);
    try {
      return await letIn(() => coming.hasEnded);
    } finally {
      this.#each.delete(coming);
    }
  }

  /** To be told once the store has it. */
  ended(login: string): void {
    for (const coming of this.#each) if (coming.login === login) coming.hasEnded = true;
  }
}
