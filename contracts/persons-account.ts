import { z } from 'zod';
import { account, mfo } from './application';
import { document, pinfl } from './fields';

/** An account as it is proposed for a person. The holder is the person, unless the PINFL of another is given. */
export const personsAccount = z.strictObject({
  account,
  mfo,
  holderPinfl: z.exactOptional(pinfl).meta({
    description:
      'The PINFL of the parent or guardian who consented to the case, if the account is theirs. Without it the account is the person’s own.',
  }),
  heir: z.exactOptional(document).meta({
    description:
      'After the person’s death: the notary’s document that names the holder, who is paid the days before it. `holderPinfl` is theirs.',
  }),
});
export type PersonsAccount = z.output<typeof personsAccount>;
