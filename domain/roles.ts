import type { Fund } from './fund';
import type { Soato } from './soato';
import type { Language } from './words/languages';

/** The people and bodies of domain §6. `register` and `clock` own the waits that no person owes. */
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

/** The officials who speak to the person. Only they enter the person's own words. */
export const caseWorkers = ['case_manager', 'supervisor'] as const satisfies readonly Role[];

/** Roles that see people, and no cases: an employer, and a training centre [pathway §5, measures §2]. */
export const seesNoCases = (role: string): boolean => role === 'employer' || role === 'training_officer';
export type Rank = 'officer' | 'head';

/** The owner of a wait: a role, or a machine (a register that is asked again, or the clock until an instant). */
export type Owner = Role | 'register' | 'clock';

/** Roles whose offices have a head of the same role. The head owns the escalated waits [pathway §1]. */
export const rolesWithHead: readonly Role[] = ['labour_inspector', 'employment_officer', 'finance_officer'];

/** The signed-in caller of a command. `area` is a SOATO prefix; '' is the republic. An employer acts for its own STIR. */
export type Actor = {
  id: string;
  role: Role | 'system';
  rank: Rank;
  area: Soato;
  employerId?: string;
  /** The centre of a training officer who has one. */
  centreId?: string;
  /** The fund of a finance officer; absent: employment. */
  fund?: Fund;
  /** In which language they read; English where nothing says. */
  language?: Language;
  /** The person behind the account, where it was read. */
  person?: string;
};

/** The service itself: the actor of a passed deadline or of a register's answer. */
export const system: Actor = { id: 'system', role: 'system', rank: 'officer', area: '' };
