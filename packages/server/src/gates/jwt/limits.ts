// Every size and wait of the gate for signed tokens; how long one may be is said with the other limits (signedTokenChars).

/** The longest `sub`, in UTF-16 units, as OpenID Connect has it. */
export const subjectChars = 255;
/** How far the issuer's clock may be off: at most, and if nothing is said. */
export const mostSkewMs = 300_000;
export const defaultSkewMs = 30_000;
/** Nothing ends later than the year 9999, in seconds since 1970: a later `exp` is no time. */
export const lastSecond = 253_402_300_799;

/** Tokens that are looked at at once; one more is `too_many`. */
export const tokensAtOnce = 4_096;
/** Logins of one account that can be listed and ended; with one more, the one that ends first can't be any more. */
export const listedLogins = 100;
/** How often a login is kept or ended again that somebody else changed meanwhile. */
export const loginTries = 5;

/** A key file or a secret file, in bytes. */
export const keyFileBytes = 64 * 1024;
/** A smaller RSA key is refused, in bits. */
export const leastRsaBits = 2_048;

/** The issuer's set of keys: bytes, keys, and how long it may take to come. */
export const keySetBytes = 256 * 1024;
export const keySetKeys = 100;
export const keySetTimeoutMs = 5_000;
/** A set is asked for again once it is so old. */
export const keySetFreshMs = 600_000;
/** It is asked for again for an unknown key, but not more often than this. */
export const keySetCoolDownMs = 10_000;
/** After a failure it is not asked for again for so long. */
export const keySetRetryMs = 1_000;
