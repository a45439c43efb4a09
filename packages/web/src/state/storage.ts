// What the browser remembers for us. It may refuse (a private window, a full disk, a setting): then the page works
// as well, and forgets.

export interface Drawer {
  read(key: string): string | undefined;
  write(key: string, value: string): void;
  remove(key: string): void;
}

/** @param open gives the store, or throws where the browser forbids it */
export function openDrawer(open: () => Storage): Drawer {
  let store: Storage | undefined;
  try {
    store = open();
  } catch {
    store = undefined;
  }
  const memory = new Map<string, string>();
  return {
    read(key) {
      try {
        return store?.getItem(key) ?? memory.get(key);
      } catch {
        return memory.get(key);
      }
    },
    write(key, value) {
      memory.set(key, value);
      try {
        store?.setItem(key, value);
      } catch {
        // Kept in memory until the page is closed.
      }
    },
    remove(key) {
      memory.delete(key);
      try {
        store?.removeItem(key);
      } catch {
        // It was never written either.
      }
    },
  };
}
