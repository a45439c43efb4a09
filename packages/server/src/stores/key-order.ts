// The order of keys: by code point, which is the order of their UTF-8 bytes, so that every store has
// the same. Strings of JavaScript compare by UTF-16 unit, where 𐐀 would come before ﷲ.

export function compareKeys(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  for (let index = 0; index < most; index += 1) {
    const [a, b] = [one.charCodeAt(index), other.charCodeAt(index)];
    if (a !== b) return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1;
  }
  return one.length - other.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xe000;
}
