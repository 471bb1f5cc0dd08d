import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Policy } from '../../domain/policy';

/** The versions of the policy that a fresh database holds (prisma/data/policies.json). */
export const shippedPolicies: readonly Policy[] = (
  JSON.parse(readFileSync(path.join(__dirname, '../../prisma/data/policies.json'), 'utf8')) as (Policy & {
    recordedAt: string;
  })[]
).map((policy) => ({ ...policy, recordedAt: new Date(policy.recordedAt) }));
