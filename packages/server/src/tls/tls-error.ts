/** The certificate or its key can't be used, in one line for people. */
export class TlsError extends Error {}
