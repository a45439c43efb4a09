// Where the reader is in the log: at its end, or at some row. Rows that come or go above that row don't move it. Only
// geometry; what the edges mean is the log's business.

/** This close to the end, the log goes on following it. */
const nearEndPixels = 100;
const mostAnchors = 8;
/** This close to an edge of what is shown, more is brought in. */
const nearEdgePixels = 400;

export class Place {
  readonly #log: HTMLElement;
  readonly #rows: HTMLElement;
  /** The rows at the top of the view: the first of them may go, or be joined with another. */
  #anchors: readonly { readonly key: string; readonly top: number }[] = [];
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

  /** Notes which rows the reader has at the top. */
  note(): void {
    this.#size = this.#measure();
    const { scrollTop, clientHeight } = this.#log;
    const rows = [...this.#keyed()];
    const first = rows.findIndex((row) => row.offsetTop + row.offsetHeight > scrollTop);
    this.#anchors = rows
      .slice(Math.max(0, first), Math.max(0, first) + mostAnchors)
      .filter((row) => row.offsetTop < scrollTop + clientHeight)
      .map((row) => ({ key: row.dataset["key"] ?? "", top: row.offsetTop - scrollTop }));
  }

  /** The place in the log of the row at the top. */
  get topSeq(): number | undefined {
    const rows = [...this.#keyed()];
    for (const { key } of this.#anchors) {
      const seq = Number(rows.find((row) => row.dataset["key"] === key)?.dataset["seq"]);
      if (seq > 0) return seq;
    }
    return undefined;
  }

  /** Puts the noted row back to where it was seen. */
  keep(): void {
    const rows = new Map([...this.#keyed()].map((row) => [row.dataset["key"], row]));
    for (const { key, top } of this.#anchors) {
      const row = rows.get(key);
      if (row === undefined) continue;
      const { offsetTop } = row;
      // Setting the same place again would stop a scroll that is under way.
      if (Math.abs(offsetTop - top - this.#log.scrollTop) > 1) this.#log.scrollTop = offsetTop - top;
      return;
    }
  }

  /** The edge of a hole that the reader comes to, if one is close. */
  get nearHole(): "holeAbove" | "holeBelow" | undefined {
    const hole = this.#rows.querySelector<HTMLElement>(":scope > .hole");
    if (hole === null) return undefined;
    const { scrollTop, clientHeight } = this.#log;
    const top = hole.offsetTop - scrollTop;
    const bottom = top + hole.offsetHeight;
    if (bottom < -nearEdgePixels || top > clientHeight + nearEdgePixels) return undefined;
    return (top + bottom) / 2 > clientHeight / 2 ? "holeAbove" : "holeBelow";
  }

  toEnd(): void {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** Brings a row to where it is read: in the middle, or so that what comes before it is seen a little. */
  toRow(row: HTMLElement, where: "middle" | "upper" | "top"): void {
    const { clientHeight } = this.#log;
    const above = {
      middle: Math.max(0, (clientHeight - row.offsetHeight) / 2),
      upper: clientHeight / 5,
      top: 0,
    };
    this.#log.scrollTop = row.offsetTop - above[where];
  }

  /** The row of this place, or the next one that is drawn. */
  rowOf(seq: number): HTMLElement | undefined {
    return [...this.#keyed()].find((row) => Number(row.dataset["seq"] ?? Infinity) >= seq);
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
