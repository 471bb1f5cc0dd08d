import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defaultSettings, type Settings } from '../../domain/settings';

const count = z.int().min(0).max(1000);

const changes = z
  .strictObject({
    leastAge: count,
    openReferralsPerCase: count.min(1),
    startWithinDays: count,
    contractBeforeIssueDays: count,
    reopenWithinMonths: count,
    toldAheadDays: count,
    retentionMonths: count.min(1).max(24),
    inspectionExtensionMax: count,
    reminderHour: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    recommendationWarningDays: count,
    presentWorkDays: count,
  })
  .partial();

/**
 * Our defaults. A deployment may replace single values by a JSON file.
 *
 * @param file path of the JSON file, or undefined
 * @throws Error that names the setting that is wrong
 */
export function readSettings(file: string | undefined): Settings {
  if (!file) return defaultSettings;
  const parsed = changes.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`settings file ${file}: ${z.prettifyError(parsed.error)}`);
  const given = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  return { ...defaultSettings, ...given };
}
