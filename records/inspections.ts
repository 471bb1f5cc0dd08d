import { watched } from '../domain/pathways/inspection';
import type { Inspection } from '../prisma/generated/client';
import { notNow, type Refusal } from './kernel/refusal';

export const isWatched = (state: string): boolean => (watched as readonly string[]).includes(state);

/** 409: the employer's answer comes after the resolution. The detail says what to do [pathway §5, late]. */
export const isResolved = ({ id, state }: Pick<Inspection, 'id' | 'state'>): Refusal =>
  notNow(
    'resolved',
    `Inspection ${id} is resolved. ${
      isWatched(state)
        ? 'Follow the resolution: register the contract and tell its number (POST /referrals/{id}/contract).'
        : 'Nothing more can be decided here; a new referral is the case manager’s to issue.'
    }`,
  );

/** 409: somebody has begun to examine the employer's answer, which cannot be replaced any more [pathway §5, a mistake]. */
export const isExamined = (): Refusal =>
  notNow(
    'examined',
    'The inspectorate has begun to examine the first answer. Tell the inspector that you hire the person: the inspection can be settled.',
  );

/** 409: the inspection is about an answer that the employer gave. */
export const isAnswered = (): Refusal =>
  notNow('already_decided', 'The employer has answered. The inspectorate examines the answer now.');
