const weights = [3, 2, 7, 6, 5, 4, 3, 2];

/**
 * The modulus 11 control digit of `digits`; null where the digits cannot carry one (the remainder calls for 10).
 * @param weights one for each digit, from the left
 */
export function controlDigit(digits: string, weights: readonly number[]): number | null {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  const digit = (11 - (sum % 11)) % 11;
  return digit === 10 ? null : digit;
}

/** The nine digits made of eight digits and their control digit; null where the eight cannot carry one. */
export function organisationNumber(eightDigits: string): string | null {
  if (!/^\d{8}$/.test(eightDigits)) return null;
  const digit = controlDigit(eightDigits, weights);
  return digit === null ? null : eightDigits + String(digit);
}

/** Whether `text` is nine digits with a right control digit. */
export function isOrganisationNumber(text: string): boolean {
  return /^\d{9}$/.test(text) && organisationNumber(text.slice(0, 8)) === text;
}
