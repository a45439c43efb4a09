// Words that say nothing about what a thing is; in their place stands the noun it is about.

const banned = /^(manager|handler|util|utility|utilitie|helper|data)s?$/;

/** The banned words in a name, read as `camelCase`, `PascalCase`, `snake_case` or `kebab-case`. */
export function bannedWords(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => banned.test(word));
}
