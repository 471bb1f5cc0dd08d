import type { Role } from '../../domain/roles';

/** The roles that read each area of the work. */

export const caseReaders = [
  'case_manager',
  'supervisor',
  'employment_officer',
  'auditor',
  'administrator',
] as const satisfies readonly Role[];

/** Of jobs, of those who offer them, and of the steps towards one. */
export const jobReaders = [
  'case_manager',
  'supervisor',
  'employment_officer',
  'labour_inspector',
  'employer',
  'auditor',
  'administrator',
] as const satisfies readonly Role[];

/** The readers of jobs without the employers. */
export const officialsOfJobs = jobReaders.filter((role) => role !== 'employer');

/** Of centres and their courses. */
export const courseReaders = [
  'case_manager',
  'supervisor',
  'training_officer',
  'employment_officer',
  'auditor',
  'administrator',
] as const satisfies readonly Role[];

export const moneyReaders = [
  'employment_officer',
  'finance_officer',
  'employer',
  'auditor',
  'administrator',
] as const satisfies readonly Role[];

/** Of what employers and persons are paid: the people of a person's case, too. */
export const payableReaders = [
  ...moneyReaders,
  'case_manager',
  'supervisor',
] as const satisfies readonly Role[];

export const lineReaders = [
  'finance_officer',
  'employment_officer',
  'auditor',
  'administrator',
] as const satisfies readonly Role[];

export const statementReaders = [
  'finance_officer',
  'auditor',
  'administrator',
] as const satisfies readonly Role[];

export const proposalReaders = [
  'employer',
  'case_manager',
  'supervisor',
  'labour_inspector',
  'employment_officer',
  'finance_officer',
  'auditor',
  'administrator',
] as const satisfies readonly Role[];

/** Of officials and their work, and of the changes of officials, territories, days and terms. */
export const overseers = ['supervisor', 'administrator', 'auditor'] as const satisfies readonly Role[];
