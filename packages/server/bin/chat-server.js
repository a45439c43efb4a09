#!/usr/bin/env node
// The door of the installed package. It says in one line that this Node is too old, before anything native is loaded
// (better-sqlite3 crashes on Node 20 without a word). It must parse on Node 14, so nothing newer than import() here.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 13)) {
  import("../dist/main.js");
} else {
  console.error(
    "chat-server needs Node 22.13 or newer; this is Node " +
      process.versions.node +
      ". Get one at https://nodejs.org",
  );
  process.exit(2);
}
