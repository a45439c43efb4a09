// Who may import whom. A file obeys the row with the longest `in` that its path begins with; its own package by
// relative path is always allowed, another package by relative path never.

export interface Row {
  readonly in: string;
  /** Package names; `node:` stands for every module of Node. */
  readonly may: readonly string[];
}

export const importTable: readonly Row[] = [
  { in: "packages/chat-hub/src/", may: [] },

  { in: "packages/server/src/", may: ["node:", "chat-hub", "commander", "sirv", "ws"] },
  { in: "packages/server/src/log/", may: ["node:", "chat-hub", "pino"] },
  { in: "packages/server/src/metrics/", may: ["node:", "chat-hub", "prom-client"] },
  { in: "packages/server/src/options/", may: ["node:", "chat-hub", "commander", "smol-toml"] },
  { in: "packages/server/src/stores/", may: ["node:", "chat-hub"] },
  { in: "packages/server/src/stores/sqlite", may: ["node:", "chat-hub", "better-sqlite3"] },
  { in: "packages/server/src/gates/jwt", may: ["node:", "chat-hub", "jose"] },

  { in: "packages/chat-cli/src/", may: ["node:", "chat-hub", "chalk", "commander", "ws"] },

  {
    in: "packages/web/src/",
    may: ["chat-hub", "preact", "preact/hooks", "preact/jsx-runtime", "@preact/signals"],
  },

  { in: "packages/bench/src/", may: ["node:", "chat-hub", "ws"] },
];

/**
 * Folders in which each file belongs to one technology by the first word of its name. Such a file is imported by its
 * own technology's files, by the one that chooses and by the package's door, which hands it on; it may itself use those
 * of its own and those of none.
 */
export const adapterFolders: readonly AdapterFolder[] = [
  {
    in: "packages/server/src/stores/",
    technologies: ["memory", "sqlite", "postgres"],
    choosers: [
      "packages/server/src/stores/open.ts",
      "packages/server/src/stores/copies.ts",
      "packages/server/src/stores/looked-over.ts",
      "packages/server/src/index.ts",
    ],
  },
  {
    in: "packages/server/src/gates/",
    technologies: ["password", "jwt"],
    choosers: [
      "packages/server/src/gates/open.ts",
      "packages/server/src/gates/choice.ts",
      "packages/server/src/gates/tokens.ts",
      "packages/server/src/gates/accounts.ts",
      "packages/server/src/index.ts",
    ],
  },
  {
    in: "packages/server/src/buses/",
    technologies: ["none", "postgres", "nats"],
    choosers: ["packages/server/src/buses/open.ts", "packages/server/src/index.ts"],
  },
];

export interface AdapterFolder {
  readonly in: string;
  readonly technologies: readonly string[];
  readonly choosers: readonly string[];
}
