// Payloads as TypeScript, drawn from the schema, so that what PROTOCOL.md shows can't differ from what is read.

import { defaultLimits, jsonSchema } from "chat-hub";

type Schema = { readonly [word: string]: unknown };

const defs = (jsonSchema(defaultLimits) as { readonly $defs: Readonly<Record<string, Schema>> }).$defs;

/** Shapes that several frames share, by the name of their definition. */
const shared: Readonly<Record<string, string>> = {
  message: "NewMessage",
  standing_message: "StandingMessage",
  conversation_row: "ConversationRow",
  user_row: "UserRow",
  limits: "Limits",
  id: "string | number",
};

/** What every entry has, in the order in which it is written. */
const ofEntries = ["from", "sent", "to", "conversation", "seq", "at", "nonce"] as const;
const longest = 100;

/** The payload of a frame: `command.login`, `push.welcome`; nothing if it has no fields. */
export function payloadType(frame: string): string | undefined {
  const properties = propertiesOf(defs[frame] as Schema);
  const { payload } = properties;
  const read = unwrapped(payload as Schema);
  if (Object.keys(propertiesOf(read)).length === 0) return undefined;
  if (frame === "push.new_message") return "NewMessage";
  return isEntry(read) ? `Entry & ${objectType(read, ofEntries)}` : objectType(read);
}

/** The declarations of what is shared. */
export function sharedTypes(): string {
  const entry = pick(propertiesOf(defs["message"] as Schema), ofEntries);
  const required = defs["message"]?.["required"] as readonly string[];
  const declare = (name: string, body: string): string => `type ${name} = ${body};`;
  return [
    declare("Entry", objectType({ properties: entry, required })),
    declare("NewMessage", `Entry & ${objectType(defs["message"] as Schema, ofEntries)}`),
    declare(
      "StandingMessage",
      `NewMessage & ${objectType(defs["standing_message"] as Schema, Object.keys(propertiesOf(defs["message"] as Schema)))}`,
    ),
    declare("EntryFrame", '{ type: string; payload: Entry } | { type: "skip"; payload: Skip }'),
    declare("Skip", payloadType("push.skip") ?? ""),
    declare("ConversationRow", objectType(defs["conversation_row"] as Schema)),
    declare("UserRow", objectType(defs["user_row"] as Schema)),
    declare("Limits", objectType(defs["limits"] as Schema)),
  ].join("\n");
}

function isEntry(schema: Schema): boolean {
  return ofEntries.every((field) => field in propertiesOf(schema));
}

function propertiesOf({ properties = {} }: Schema): Readonly<Record<string, Schema>> {
  return properties as Readonly<Record<string, Schema>>;
}

function pick(
  properties: Readonly<Record<string, Schema>>,
  names: readonly string[],
): Record<string, Schema> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));
}

function objectType(schema: Schema, without: readonly string[] = []): string {
  const required = (schema["required"] ?? []) as readonly string[];
  const fields = Object.entries(propertiesOf(schema)).filter(([name]) => !without.includes(name));
  const drawn = fields.map(([name, field]) => ({
    field: `${name}${required.includes(name) ? "" : "?"}: ${typeOf(field)};`,
    absent: field["default"],
  }));
  const line = `{ ${drawn.map(({ field }) => field.slice(0, -1)).join("; ")} }`;
  if (line.length <= longest && drawn.every(({ absent }) => absent === undefined)) return line;
  const lines = drawn.map(
    ({ field, absent }) =>
      `  ${field.replaceAll("\n", "\n  ")}${absent === undefined ? "" : ` // ${JSON.stringify(absent)} if absent`}`,
  );
  return `{\n${lines.join("\n")}\n}`;
}

function typeOf(schema: Schema): string {
  const { $ref, enum: words, const: only, type, items } = schema;
  if (typeof $ref === "string") {
    const name = $ref.replace("#/$defs/", "");
    return shared[name] ?? typeOf(defs[name] as Schema);
  }
  if (Array.isArray(words)) return wordsType(words);
  if (only !== undefined) return JSON.stringify(only);
  if (Array.isArray(schema["anyOf"])) return anyType(schema["anyOf"] as readonly Schema[]);
  const kind = Array.isArray(type) ? type.find((one) => one !== "null") : type;
  if (kind === "integer") return "number";
  if (kind === "object") return objectType(schema);
  if (kind !== "array") return String(kind);
  if (schema["maxItems"] === 2) return "[number, number]";
  const item = typeOf(items as Schema);
  return item.includes(" | ") ? `(${item})[]` : `${item}[]`;
}

/** Codes are open: a newer server may say others. */
function wordsType(words: readonly unknown[]): string {
  const known = words.filter((word) => word !== null);
  return known.length > 10 ? "string" : known.map((word) => JSON.stringify(word)).join(" | ");
}

function anyType(schemas: readonly Schema[]): string {
  const refs = schemas.map(({ $ref }) => $ref);
  if (refs.includes("#/$defs/push.skip")) return "EntryFrame";
  const kinds = schemas.filter(({ type }) => type !== "null").map(typeOf);
  return [...new Set(kinds)].join(" | ");
}

/** Without the `null` that counts as absent. */
function unwrapped(schema: Schema): Schema {
  const anyOf = schema["anyOf"] as readonly Schema[] | undefined;
  return anyOf?.find(({ type }) => type !== "null") ?? schema;
}
