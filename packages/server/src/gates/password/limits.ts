// Every size and wait of the gate for passwords.

/** scrypt's cost: N = 2^15, r = 8, p = 3 (OWASP's equal of 64 MiB); each takes 32 MiB while it is computed. */
export const cost = { ln: 15, r: 8, p: 3 } as const;
/** Bytes of a salt and of a hash. */
export const saltBytes = 16;
export const hashBytes = 32;
/** Hashes that are computed at a time, and that wait; one more is `too_many`. */
export const hashesAtOnce = 2;
export const hashesWaiting = 64;

/** The shortest password, in code points. */
export const leastPasswordChars = 8;

/** Logins of one account that are kept; one more ends the one that ends first. */
export const loginsPerAccount = 100;
/** So long after its end a token is still known as one that was good. */
export const rememberedMs = 30 * 86_400_000;
/** How long a login is good, if nothing else is said. */
export const defaultLoginLifeMs = 30 * 86_400_000;

/** Accounts in one page of a list. */
export const accountRows = 1_000;
/** How often a change of an account is tried while others change it too. */
export const changeTries = 5;
