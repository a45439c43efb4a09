// The schema that the server publishes, held to whatever it sends: what a raw client of these tests
// hears is what `/schema.json` says of its type.

import { Ajv2020 } from "ajv/dist/2020.js";
import { jsonSchema } from "chat-hub";

const ajv = new Ajv2020({ strictTypes: false });
ajv.addSchema(jsonSchema(), "chat");

/** What is wrong with what a server sent; nothing if it is as published. */
export function schemaFault(dialect: "simple" | "events", text: string): string | undefined {
  const frame = JSON.parse(text) as { readonly type?: unknown };
  const name = dialect === "simple" ? "simple.out" : `push.${frame.type}`;
  const isValid = ajv.getSchema(`chat#/$defs/${name}`);
  if (isValid === undefined) return `the schema knows no ${name}: ${text}`;
  return isValid(frame) ? undefined : `${ajv.errorsText(isValid.errors)}: ${text}`;
}
