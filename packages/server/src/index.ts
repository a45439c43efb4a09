// The server as a library: chat on an HTTP server of your own.

export { attachChat, type Chat, type ChatOptions } from "./chat.js";
export { page } from "./http/page.js";
export { openMemory } from "./stores/memory.js";
export { openStore, type StoreChoice } from "./stores/open.js";
export { StoreError } from "./stores/store-error.js";
