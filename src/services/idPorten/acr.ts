/** Levels of each scheme, lowest first. A level asked for is a minimum: a higher one of the same scheme may come. */
const schemes: readonly (readonly string[])[] = [
  ["idporten-loa-low", "idporten-loa-substantial", "idporten-loa-high"],
  ["eidas-loa-low", "eidas-loa-substantial", "eidas-loa-high"],
];

/** Whether the level of a sign-in is at least what was asked for. Unknown names must be equal. */
export function acrSatisfies(asked: string, got: string | null): boolean {
  if (got === null) return false;
  if (got === asked) return true;
  return schemes.some((levels) => levels.includes(asked) && levels.indexOf(got) > levels.indexOf(asked));
}
