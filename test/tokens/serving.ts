// A server that lets people in by an issuer's tokens, and who comes by one.

import type { ServerProcess } from "../support/server-process.ts";
import { startServer, temporaryFolder } from "../support/server-process.ts";
import { fileWith } from "./gatehouse.ts";
import type { Signer } from "./issuer.ts";
import { audience, issuer } from "./issuer.ts";

const whose = ["--auth", "jwt", "--jwt-issuer", issuer, "--jwt-audience", audience];
const json = ["--log-format", "json", "--log-level", "debug"];

export async function serve(flags: readonly string[], folder = temporaryFolder()): Promise<ServerProcess> {
  return startServer(folder, { flags: [...whose, ...json, ...flags] });
}

/** The server's own clock, in seconds: a token is good from now on. */
export const now = (): number => Math.floor(Date.now() / 1000);

/** The file that this signer's tokens are judged by. */
export function keyFlags({ known }: Signer): readonly string[] {
  return known.type === "secret"
    ? ["--jwt-secret-file", fileWith(known.export())]
    : ["--jwt-key-file", fileWith(known.export({ format: "pem", type: "spki" }) as string)];
}

export const loginBy = (token: string): string => JSON.stringify({ type: "login", payload: { token } });

/** `let in`, or the code of the refusal. */
export async function verdictOn(server: ServerProcess, token: string): Promise<string> {
  const talker = await server.connects("/ws", "whoever shows it");
  talker.says(loginBy(token));
  const answer = (await talker.next()) as { type: string; payload: { code?: string } };
  await talker.leaves();
  return answer.type === "welcome" ? "let in" : (answer.payload.code ?? answer.type);
}
