// A Map and a Set for what most of many have nothing of: the rooms of a user, what a connection still
// has to read. An empty Map takes 184 bytes and an empty Set 152, these 32; and so again when they have
// lost what they had. Like a Map they may lose things while one goes through them, but may not get new ones.

export class FewMap<Key, Value> {
  #map: Map<Key, Value> | undefined;

  get size(): number {
    return this.#map?.size ?? 0;
  }

  get(key: Key): Value | undefined {
    return this.#map?.get(key);
  }

  has(key: Key): boolean {
    return this.#map?.has(key) === true;
  }

  set(key: Key, value: Value): void {
    this.#map ??= new Map();
    this.#map.set(key, value);
  }

  delete(key: Key): void {
    this.#map?.delete(key);
    if (this.#map?.size === 0) this.#map = undefined;
  }

  clear(): void {
    this.#map = undefined;
  }

  keys(): Iterable<Key> {
    return this.#map?.keys() ?? [];
  }

  values(): Iterable<Value> {
    return this.#map?.values() ?? [];
  }

  [Symbol.iterator](): Iterator<[Key, Value]> {
    return (this.#map ?? [])[Symbol.iterator]();
  }
}

export class FewSet<Thing> {
  #set: Set<Thing> | undefined;

  get size(): number {
    return this.#set?.size ?? 0;
  }

  has(thing: Thing): boolean {
    return this.#set?.has(thing) === true;
  }

  add(thing: Thing): void {
    this.#set ??= new Set();
    this.#set.add(thing);
  }

  delete(thing: Thing): void {
    this.#set?.delete(thing);
    if (this.#set?.size === 0) this.#set = undefined;
  }

  [Symbol.iterator](): Iterator<Thing> {
    return (this.#set ?? [])[Symbol.iterator]();
  }
}
