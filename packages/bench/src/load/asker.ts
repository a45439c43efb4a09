// One client that asks and waits for its answer, with Node's own WebSocket: its cost is the same
// whatever is asked of whom, so that it falls out of a ratio.

export class Asker {
  readonly #socket: WebSocket;
  readonly #awaited: { readonly begins: string; readonly take: (text: string) => void }[] = [];
  readonly #answers: string;

  private constructor(socket: WebSocket, answers: string) {
    this.#socket = socket;
    this.#answers = answers;
    socket.addEventListener("message", ({ data }) => {
      const text = String(data);
      const [next] = this.#awaited;
      if (next === undefined || !(text.startsWith(next.begins) || text.includes('"retryable"'))) return;
      this.#awaited.shift();
      next.take(text);
    });
  }

  /**
   * Opens a connection and waits for the frame that begins with `first`. The answers to what is asked
   * begin with `answers`; all else is passed over.
   */
  static async open(url: string, first: string, answers = ""): Promise<Asker> {
    const socket = new WebSocket(url);
    const asker = new Asker(socket, answers);
    const failed = new Promise<never>((_, reject) =>
      socket.addEventListener("error", () => reject(new Error(`no connection to ${url}`))),
    );
    await Promise.race([asker.#next(first, url), failed]);
    return asker;
  }

  sends(frame: string): void {
    this.#socket.send(frame);
  }

  /** @throws if it is refused */
  asks(frame: string): Promise<string> {
    const answer = this.#next(this.#answers, frame);
    this.#socket.send(frame);
    return answer;
  }

  closes(): void {
    this.#socket.close();
  }

  async #next(begins: string, asked: string): Promise<string> {
    const text = await new Promise<string>((take) => this.#awaited.push({ begins, take }));
    if (text.includes('"retryable"')) throw new Error(`${asked} is refused: ${text}`);
    return text;
  }
}
