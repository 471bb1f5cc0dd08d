import type { Fund } from '../../domain/fund';
import type { Db } from '../../prisma/db';
import { changedLaw } from './policies';

export const protection: Fund = 'social_protection';
export const protectionAccount = {
  holder: 'Social Protection Fund',
  number: '23402000000000000001',
  mfo: '00014',
};

/** From a day on the social protection fund pays for `hire_pwd`, and so the lines of the programme are its lines. */
export async function protectionPaysForHires(db: Db, validFrom: string, changes: object = {}): Promise<void> {
  await changedLaw(db, validFrom, {
    programmes: { hire_pwd: { fund: protection } },
    fundAccounts: { social_protection: protectionAccount },
    ...changes,
  });
  await db.budgetLine.updateMany({ where: { programme: 'hire_pwd' }, data: { fund: protection } });
}
