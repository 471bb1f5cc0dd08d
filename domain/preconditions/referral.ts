import type { CommandName } from '../pathways';
import { isAsked, mayAskForTime, mayMoveStart } from '../pathways/referral';
import { gives, type NotExtended, notExtendedTime, type Preconditions, unless } from './precondition';

/** The facts of a referral that its commands depend on, beside its state. */
export interface ReferralFacts {
  /** The employer's question for more time, and for another start day, with their answers. */
  extension: unknown;
  startChange: unknown;
  notExtended: NotExtended;
}

/** A question to somebody is asked once, and is answered while it waits [pathway §5]. */
export const referralPreconditions: Preconditions<CommandName<'referral'>, ReferralFacts> = {
  extensionRequest: unless(({ extension }) =>
    mayAskForTime(extension) ? undefined : { code: 'asked_before' },
  ),
  extension: [
    {
      when: gives('declined'),
      whyNot: ({ extension }) =>
        isAsked(extension) ? undefined : { code: 'nothing_asked', params: { what: 'time' } },
    },
    {
      when: gives('days'),
      whyNot({ extension, notExtended }) {
        if (!isAsked(extension)) return { code: 'nothing_asked', params: { what: 'time' } };
        return notExtendedTime(notExtended, 'time');
      },
    },
  ],
  start: unless(({ startChange }) =>
    mayMoveStart(startChange)
      ? undefined
      : { code: 'start_moved', params: { what: isAsked(startChange) ? 'asked' : 'moved' } },
  ),
  startAnswer: unless(({ startChange }) =>
    isAsked(startChange) ? undefined : { code: 'nothing_asked', params: { what: 'start' } },
  ),
};
