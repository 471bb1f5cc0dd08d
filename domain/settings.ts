import type { Language } from './words/languages';

/**
 * The service's limits and hours that no act sets. A deployment may replace single values with a JSON file (SETTINGS_FILE).
 * The policy sets deadlines, amounts and conditions (domain/policy.ts).
 */
export interface Settings {
  leastAge: number;
  openReferralsPerCase: number;
  startWithinDays: number;
  /** A contract counts as a hire if it began at most this many days before the referral's issue [pathway §5]. */
  contractBeforeIssueDays: number;
  reopenWithinMonths: number;
  retentionMonths: number;
  /** A register may tell the beginning or the end of a contract at most this many days ahead. */
  toldAheadDays: number;
  inspectionExtensionMax: number;
  /** The most days by which the supervisor extends the employer's time to answer [pathway §5]. */
  employerExtensionMax: number;
  reminderHour: string;
  recommendationWarningDays: number;
  /** The language of people, employers and officials who have chosen none. */
  language: Language;
  /** The service's address or telephone, with which each message ends. */
  contact: string;
  /** YAMMT is asked again about present work once its answer is older than this [pathway §2]. */
  presentWorkDays: number;
}

export const defaultSettings: Settings = {
  leastAge: 16,
  openReferralsPerCase: 3,
  startWithinDays: 30,
  contractBeforeIssueDays: 5,
  reopenWithinMonths: 12,
  retentionMonths: 6,
  toldAheadDays: 366,
  inspectionExtensionMax: 15,
  employerExtensionMax: 5,
  reminderHour: '09:00',
  recommendationWarningDays: 60,
  language: 'uz-Latn',
  contact: 'http://127.0.0.1:8080',
  presentWorkDays: 30,
};
