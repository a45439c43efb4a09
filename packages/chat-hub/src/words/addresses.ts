// Addresses of the network, and what of them is counted, limited and banned as one: an IPv4 address, and of IPv6 the
// network that somebody is given, which is the first 64 bits. However one is written, it comes to the same name.

const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const four = `${octet}(?:\\.${octet}){3}`;
const group = "[0-9A-Fa-f]{1,4}";

/** With `::` somewhere: so many groups before it, and at most so many behind. */
function shortened(before: number): string {
  const head = before === 0 ? ":" : `(?:${group}:){${before}}`;
  return before === 7 ? `${head}:` : `${head}(?::${group}){1,${7 - before}}|${head}:`;
}

const six = [`(?:${group}:){7}${group}`, ...[0, 1, 2, 3, 4, 5, 6, 7].map(shortened)].join("|");
/** `2001:db8:1:2` is how the server names a network. */
const network = `(?:${group}:){3}${group}`;

/** An IPv4 address, an IPv6 address, or a network of IPv6 with the first 64 bits. */
export const addressPattern = `^(?:(?:::[Ff]{4}:)?${four}|(?:${six})(?:/64)?|${network})$`;
const isAddress = new RegExp(addressPattern);

/** The name of what it is counted as: `203.0.113.7`, `2001:db8:1:2`. Nothing if it is no address. */
export function countedAs(text: string): string | undefined {
  const [plain = ""] = text.split("%");
  if (!isAddress.test(plain)) return undefined;
  const [, dotted] = /([0-9.]*\.[0-9.]*)$/.exec(plain) ?? [];
  if (dotted !== undefined) return dotted;
  const groups = groupsOf(plain.replace("/64", ""));
  const mapped = groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  return mapped ? dottedOf(groups.slice(6)) : groups.slice(0, 4).join(":");
}

/** Whether this name is of addresses that are not counted: this machine's own, which are nobody's from elsewhere. */
export function isUncounted(name: string): boolean {
  return name.startsWith("127.") || name === "0:0:0:0";
}

/** Without leading zeros, in small letters; where groups are left out, zeros. */
function groupsOf(text: string): readonly string[] {
  const [head = [], tail = []] = text
    .split("::")
    .map((half) => half.split(":").filter((each) => each !== ""));
  const zeros = text.includes("::") ? Math.max(0, 8 - head.length - tail.length) : 0;
  const all = [...head, ...new Array<string>(zeros).fill("0"), ...tail];
  return all.map((each) => Number.parseInt(each, 16).toString(16));
}

function dottedOf(groups: readonly string[]): string {
  return groups
    .map((each) => Number.parseInt(each, 16))
    .flatMap((bits) => [bits >> 8, bits & 255])
    .join(".");
}
