// How many connections a process of this machine can hold.

/** Beside its connections: files, pipes, the listening socket, what a worker opens. */
const spare = 1_000;
/** Where the system does not say. */
const usual = 10_000;

interface Report {
  readonly userLimits?: { readonly open_files?: { readonly soft: number | "unlimited" } };
}

/** Node has already raised its own limit to the highest allowed when it started. */
export function mostConnections(): number {
  const { userLimits } = process.report.getReport() as Report;
  const limit = userLimits?.open_files?.soft ?? usual;
  return limit === "unlimited" ? Number.MAX_SAFE_INTEGER : Math.max(0, limit - spare);
}
