// A token may come in the fragment of the address, which no server and no log sees: `#token=…`. It is taken out of
// the address before anything else looks at it.

/** The token that stands there, if one does. */
export function tokenIn(hash: string): string | undefined {
  return /^#token=([\x21-\x7e]+)$/.exec(hash)?.[1];
}

/** Takes it out of the address of the page. */
export function takeToken(): string | undefined {
  const token = tokenIn(location.hash);
  if (token !== undefined) history.replaceState(null, "", `${location.pathname}${location.search}`);
  return token;
}
