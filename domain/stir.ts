/**
 * Whether a text can be a STIR, an organisation's tax number of nine digits. The rule for its control digit is not public,
 * so the digit is not checked.
 */
export const isStir = (text: string): boolean => /^\d{9}$/.test(text);
