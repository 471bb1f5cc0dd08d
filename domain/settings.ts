/**
 * Limits and hours of running the service that no act sets, in one place. A deployment may replace single values with a JSON
 * file (SETTINGS_FILE); deadlines, amounts and conditions are the policy's (domain/policy.ts).
 */
export interface Settings {
  leastAge: number;
  openReferralsPerCase: number;
  startWithinDays: number;
  /** How many days before the referral's issue a contract may have begun that still counts as a hire [pathway §5]. */
  contractBeforeIssueDays: number;
  reopenWithinMonths: number;
  retentionMonths: number;
  /** How many days ahead a register may tell of a contract that begins or ends. */
  toldAheadDays: number;
  inspectionExtensionMax: number;
  reminderHour: string;
  recommendationWarningDays: number;
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
  reminderHour: '09:00',
  recommendationWarningDays: 60,
};
