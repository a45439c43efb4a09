// What a name may be made of at once: letters of one script, digits of one kind (UTS #39, "single
// script"). Which script a character belongs to, the engine knows.

interface System {
  readonly name: string;
  readonly scripts: readonly string[];
}

/**
 * Writing systems, the most usual first; those that Unicode recommends for names, then those of limited use. All
 * others, which nobody writes any more or which came later, count as one.
 *
 * Latin does not go together with Japanese, Korean or Chinese, though the "highly restrictive" level of UTS #39 lets it:
 * "letters of one script" is a rule that everybody can keep in mind and that is the same for all, while each
 * exception is company in which a look-alike stands unseen. Digits and `_ . -` are free in all of them.
 */
const systems: readonly System[] = [
  ...alone("Latin Arabic Cyrillic Han"),
  { name: "Japanese", scripts: ["Han", "Hiragana", "Katakana"] },
  { name: "Korean", scripts: ["Hangul", "Han"] },
  { name: "Bopomofo", scripts: ["Han", "Bopomofo"] },
  ...alone("Greek Hebrew Armenian Georgian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada"),
  ...alone("Malayalam Sinhala Thai Lao Tibetan Myanmar Khmer Ethiopic Thaana"),
  ...alone("Adlam Balinese Bamum Batak Canadian_Aboriginal Chakma Cham Cherokee Hanifi_Rohingya Javanese"),
  ...alone("Kayah_Li Lepcha Limbu Lisu Mandaic Meetei_Mayek Miao Mongolian New_Tai_Lue Newa Nko Ol_Chiki"),
  ...alone("Nyiakeng_Puachue_Hmong Osage Saurashtra Sundanese Syloti_Nagri Syriac Tai_Le Tai_Tham Tai_Viet"),
  ...alone("Tifinagh Vai Wancho Yi"),
];

function alone(names: string): readonly System[] {
  return names.split(" ").map((name) => ({ name, scripts: [name] }));
}

const fromRight = ["Arabic", "Hebrew", "Thaana", "Adlam", "Hanifi_Rohingya", "Mandaic", "Nko", "Syriac"];

/** What is mixed in a name that should not be, for people to read. */
export function mixture(name: string): string | undefined {
  if (/^[\x00-\x7f]*$/.test(name)) return undefined;
  const kinds = new Set(Array.from(name.matchAll(/\p{Nd}/gu), ([digit]) => kindOf(digit)));
  if (kinds.size > 1) return "a name has digits of one kind";
  const system = systems.find((each) => isWrittenIn(each, name));
  if (system === undefined) return mixedScripts(name);
  if (fromRight.includes(system.name) && /^\p{Nd}/u.test(name)) {
    return "a name that is written from right to left begins with a letter: a digit would be seen at its end";
  }
  return undefined;
}

/** Digits stand in rows of ten that share all but their last place. */
function kindOf(digit: string): number {
  return (digit.codePointAt(0) ?? 0) >> 4;
}

function mixedScripts(name: string): string | undefined {
  const found = new Set(Array.from(name, scriptOf));
  found.delete(undefined);
  if (found.size < 2) return undefined;
  return `a name has letters of one script; this one mixes ${[...found].join(" and ").replaceAll("_", " ")}`;
}

/** Nothing for what belongs to all of them. */
function scriptOf(char: string): string | undefined {
  if (/[\p{Script_Extensions=Common}\p{Script_Extensions=Inherited}]/u.test(char)) return undefined;
  return systems.find((each) => isWrittenIn(each, char))?.name ?? "another";
}

// A pattern takes the engine a third of a millisecond to prepare, so none is before it is needed.
const patterns = new Map<string, RegExp>();

function isWrittenIn({ name, scripts }: System, text: string): boolean {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    const all = [...scripts, "Common", "Inherited"].map((script) => `\\p{Script_Extensions=${script}}`);
    pattern = new RegExp(`^[${all.join("")}]*$`, "u");
    patterns.set(name, pattern);
  }
  return pattern.test(text);
}
