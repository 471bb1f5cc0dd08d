/*
 * All examples tell one story of the sample data, in March 2026. Nigora Yoʻldosheva sews. Dilnoza Yusupova opens her case and
 * refers her to a reserved job at Oq Oltin. The employer rejects her, is inspected, and hires her.
 */

export const DAY = '2026-03-02';
export const PERSON = 'Nigora Yoʻldosheva';
export const COMPANY = 'Oq Oltin Toʻqimachilik MChJ';
export const MANAGER = 'case_manager-1';
export const POLICY = 'PV-2025-11';
export const WAGE = 3_200_000;

/** The numbers of the rows in the story. */
export const CASE = 'C-000001';
export const REFERRAL = 'R-000001';
export const SUBSIDY = 'S-000001';
export const CLAIM = 'S-000001-2026-03';

export const RECOMMENDATION = {
  group: 3,
  suitableKinds: ['sewing', 'handicraft', 'assembly'],
  unsuitableKinds: ['heavy_labour'],
  conditions: [],
  maxHoursPerWeek: 40,
  words: 'Light manual work.',
};
