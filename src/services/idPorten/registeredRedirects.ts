const portZero = "http://127.0.0.1:0/";

/**
 * Whether a client that registered `registered` may be sent to `requested`: the same text, byte for byte, except that a
 * native client's `http://127.0.0.1:0/path` stands for that path on any port of 127.0.0.1. Neither `localhost` nor
 * `[::1]` nor another path or query will do.
 */
export function redirectAllowed(requested: string, registered: readonly string[], native: boolean): boolean {
  if (registered.includes(requested) && !requested.startsWith(portZero)) return true;
  if (!native) return false;
  const match = /^http:\/\/127\.0\.0\.1:([1-9]\d{0,4})(\/.*)$/.exec(requested);
  const [, port, rest] = match ?? [];
  if (port === undefined || rest === undefined || Number(port) > 65_535) return false;
  return registered.includes(`http://127.0.0.1:0${rest}`);
}
