// What a planted bug is: pieces of built files, and what stands in their place.

export interface Bug {
  readonly name: string;
  /** What goes wrong with it. */
  readonly what: string;
  readonly patches: readonly Patch[];
}

export interface Patch {
  /** A built file of a package. */
  readonly file: string;
  /** Stands in it exactly once. */
  readonly find: string;
  readonly put: string;
}

export const hub = (file: string, find: string, put: string): Patch => ({
  file: `packages/chat-hub/dist/hub/${file}.js`,
  find,
  put,
});
export const client = (file: string, find: string, put: string): Patch => ({
  file: `packages/chat-hub/dist/client/${file}.js`,
  find,
  put,
});
export const store = (file: string, find: string, put: string): Patch => ({
  file: `packages/server/dist/stores/${file}.js`,
  find,
  put,
});
