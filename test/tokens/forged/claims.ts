// Signed by the issuer, but not for this server, or about nobody.

import type { Row } from "./row.ts";
import { claims, good, refused } from "./row.ts";

export const otherClaims: readonly Row[] = [
  refused("aud missing", claims({ aud: undefined })),
  refused("aud null", claims({ aud: null })),
  refused("aud another", claims({ aud: "shop" })),
  refused("aud that begins as ours", claims({ aud: "chat-admin" })),
  refused("aud in another case", claims({ aud: "Chat" })),
  refused("aud a list without ours", claims({ aud: ["shop", "mail"] })),
  refused("aud an empty list", claims({ aud: [] })),
  refused("aud a list in a list", claims({ aud: [["chat"]] })),
  refused("aud a list with a number", claims({ aud: ["chat", 1] })),
  refused("aud an object", claims({ aud: { chat: true } })),
  refused("aud a number", claims({ aud: 1 })),
  good("aud a list with ours", claims({ aud: ["shop", "chat"] })),
  refused("iss missing", claims({ iss: undefined })),
  refused("iss another", claims({ iss: "https://issuer.example.evil.example" })),
  refused("iss with a slash more", claims({ iss: "https://issuer.example/" })),
  refused("iss a list with the right one", claims({ iss: ["https://issuer.example"] })),
  refused("iss null", claims({ iss: null })),
  refused("sub missing", claims({ sub: undefined })),
  refused("sub empty", claims({ sub: "" })),
  refused("sub a number", claims({ sub: 7 })),
  refused("sub a list", claims({ sub: ["id-of-alice"] })),
  refused("sub null", claims({ sub: null })),
  refused("sub of 256 characters", claims({ sub: "x".repeat(256) })),
  refused("sub with a line in it", claims({ sub: "id-of-alice\nadmin" })),
  refused("jti a number", claims({ jti: 7 })),
  refused("jti empty", claims({ jti: "" })),
];
