import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isDay } from '../../../domain/day';
import { ScenarioError } from '../scenario';

const day = z.string().refine(isDay);
const share = z.number().min(0).max(1);
/** The least and the most, in calendar days. */
const days = z.tuple([z.int().min(0).max(365), z.int().min(0).max(365)]);
const shares = <K extends string>(keys: readonly [K, ...K[]]) => z.record(z.enum(keys), share);

const profile = z.strictObject({
  caseOpens: z.strictObject({ from: day, to: day }),
  days: z.strictObject({
    assessment: days,
    plan: days,
    employerAnswers: days,
    startAfterAcceptance: days,
    nextReferral: days,
    inspectorResolves: days,
    employerComplies: days,
  }),
  reservedJobs: share,
  employer: shares(['hires', 'rejects', 'staysSilent']),
  rejections: shares(['qualification', 'health_or_safety', 'conditions_not_agreed', 'other']),
  inspector: shares(['settled', 'directed', 'justified', 'unjustified']),
  employerComplies: share,
  measureAfterBreach: share,
  everybodyHiresFrom: day,
  losesJobWithinYear: share,
  measures: z.strictObject({
    training: z.strictObject({ decides: days, begins: days, attends: share, leaves: share, helped: share }),
    public_works: z.strictObject({ days }),
  }),
  peoplePerMahalla: z.int().min(1),
  peoplePerEmployer: z.int().min(1),
});

/** The behaviour of people, employers and inspectors. docs/simulator.md explains each value. */
export type Profile = z.infer<typeof profile>;

/** @throws ScenarioError with the mistakes in the file */
export function readProfile(file = path.resolve(__dirname, '../profile-2023.json')): Profile {
  const read = profile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!read.success) throw new ScenarioError(`${file}:\n${z.prettifyError(read.error)}`);
  return read.data;
}
