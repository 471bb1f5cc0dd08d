import type { Soato } from './soato';

/** The people and bodies of domain §6; `register` and `clock` own waits that no person owes. */
export const roles = [
  'case_manager',
  'supervisor',
  'employer',
  'training_officer',
  'employment_officer',
  'labour_inspector',
  'finance_officer',
  'auditor',
  'administrator',
] as const;
export type Role = (typeof roles)[number];
export type Rank = 'officer' | 'head';

/** Who owes an act: a role, or a machine (a register asked again and again, a clock until a day comes). */
export type Owner = Role | 'register' | 'clock';

/** Roles whose offices are led by one of their own: the head owns what escalates [pathway §1]. */
export const rolesWithHead: readonly Role[] = ['labour_inspector', 'employment_officer', 'finance_officer'];

/** The signed-in caller of a command. `area` is a SOATO prefix ('' the republic); employers act for their STIR. */
export type Actor = {
  id: string;
  role: Role | 'system';
  rank: Rank;
  area: Soato;
  employerId?: string;
};

/** The service itself: a deadline that passed, an answer of a register. */
export const system: Actor = { id: 'system', role: 'system', rank: 'officer', area: '' };
