/** The funds that pay: each has its own treasury account, daily statement and finance officers [measures §4]. */
export const funds = ['employment', 'social_protection'] as const;
export type Fund = (typeof funds)[number];

/** The fund of all money that names no other. */
export const EMPLOYMENT = 'employment' satisfies Fund;
