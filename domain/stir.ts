/**
 * Whether a text can be a STIR, an organisation's tax number: nine digits. How its control digit is computed
 * is not public, so it is not checked.
 */
export const isStir = (text: string): boolean => /^\d{9}$/.test(text);
