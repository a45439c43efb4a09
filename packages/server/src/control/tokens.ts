// What the shell does to those who come by signed tokens: `chat-server admin end-tokens`.

import type { WallMillis } from "chat-hub";
import { endTokens } from "../gates/tokens.js";
import type { Errands } from "./errand.js";
import { UsageError } from "./errand.js";

export const tokenErrands: Errands = {
  "admin end-tokens": async ({ ask, tell }, [issuer = "", sub = ""]) => {
    if (!/^\S+$/.test(issuer) || sub === "")
      throw new UsageError("name the issuer and whom it means, as iss and sub of their tokens say it");
    const at = Date.now() as WallMillis;
    const { account, change } = endTokens(issuer, sub, at);
    const audit = { by: "", action: "end tokens", about: sub, detail: issuer };
    const kept = await ask({ type: "keep", changes: [change], audit, at });
    if (!kept.ok) return { ok: false, lines: [`it could not be kept: ${kept.code}`] };
    tell({ type: "loginEnded", account, login: undefined });
    return { ok: true, lines: ["what they were given so far lets nobody in any more"] };
  },
};
