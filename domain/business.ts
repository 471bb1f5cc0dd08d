/** The forms of an own business [measures §3]. Each has its register, of the same name. */
export const businessForms = ['self_employed', 'entrepreneur', 'farm'] as const;
export type BusinessForm = (typeof businessForms)[number];
