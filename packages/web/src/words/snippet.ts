// A piece of a text with the words that were searched marked in it. Both come from the network: marks that do not fit
// the text are left out.

export interface SnippetPiece {
  readonly text: string;
  readonly marked: boolean;
}

export function snippetPieces(
  snippet: string,
  marks: readonly (readonly [from: number, to: number])[],
): readonly SnippetPiece[] {
  const found: SnippetPiece[] = [];
  let end = 0;
  for (const [from, to] of marks.toSorted((one, other) => one[0] - other[0])) {
    if (from < end || to <= from || to > snippet.length) continue;
    if (from > end) found.push({ text: snippet.slice(end, from), marked: false });
    found.push({ text: snippet.slice(from, to), marked: true });
    end = to;
  }
  if (end < snippet.length) found.push({ text: snippet.slice(end), marked: false });
  return found;
}
