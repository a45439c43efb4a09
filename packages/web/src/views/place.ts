// Where the reader is in the log: at its end, or at some row. Rows that come or go above that row don't move it. Only
// geometry; what the edges mean is the log's business.

/** This close to the end, the log goes on following it. */
const nearEndPixels = 100;
/** This close to an edge of what is shown, more is brought in. */
const nearEdgePixels = 400;

export class Place {
  readonly #log: HTMLElement;
  readonly #rows: HTMLElement;
  #anchor: { readonly key: string; readonly top: number } | undefined;
  #size = "";

  constructor(log: HTMLElement, rows: HTMLElement) {
    this.#log = log;
    this.#rows = rows;
  }

  get nearEnd(): boolean {
    return this.#below <= nearEndPixels;
  }

  get nearUpperEdge(): boolean {
    return this.#log.scrollTop < nearEdgePixels;
  }

  get nearLowerEdge(): boolean {
    return this.#below < nearEdgePixels;
  }

  /** Something has grown or shrunk since the place was noted: what moved then was not the reader. */
  get resized(): boolean {
    return this.#size !== this.#measure();
  }

  /** Notes which row the reader has at the top. */
  note(): void {
    this.#size = this.#measure();
    const { scrollTop } = this.#log;
    const row = [...this.#keyed()].find(
      (candidate) => candidate.offsetTop + candidate.offsetHeight > scrollTop,
    );
    const key = row?.dataset["key"];
    this.#anchor =
      row === undefined || key === undefined ? undefined : { key, top: row.offsetTop - scrollTop };
  }

  /** Puts the noted row back to where it was seen. */
  keep(): void {
    const anchor = this.#anchor;
    if (anchor === undefined) return;
    for (const row of this.#keyed()) {
      if (row.dataset["key"] !== anchor.key) continue;
      const { offsetTop } = row;
      // Setting the same place again would stop a scroll that is under way.
      if (Math.abs(offsetTop - anchor.top - this.#log.scrollTop) > 1)
        this.#log.scrollTop = offsetTop - anchor.top;
      return;
    }
  }

  toEnd(): void {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** Brings a row into the upper part of the view, so that what comes before it is seen a little. */
  toRow(row: HTMLElement): void {
    this.#log.scrollTop = row.offsetTop - this.#log.clientHeight / 5;
  }

  #measure(): string {
    const { clientWidth, clientHeight, scrollHeight } = this.#log;
    return `${clientWidth} ${clientHeight} ${scrollHeight}`;
  }

  get #below(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight;
  }

  /** Lines only: a divider stays on top of whatever comes in under it. */
  #keyed(): NodeListOf<HTMLElement> {
    return this.#rows.querySelectorAll<HTMLElement>(":scope > [data-key]");
  }
}
