/** What of the scopes asked for the user may decline: those of third parties. */
export function declinable(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => scope !== "" && scope !== "openid" && scope !== "profile");
}
