import { addDays, type Day } from '../day';

/** The holder of an account that is proposed for a person. */
export type HolderKind = 'person' | 'guardian' | 'heir';

/**
 * The relation of an account's holder to the person who is paid [measures §4]. The person may hold it. Where a parent or guardian
 * consented to the case, another holder is taken for that guardian. After the person's death the holder is the heir: a notary's
 * document names the heir.
 *
 * @returns undefined for a holder who is neither
 */
export function holderKind(
  holderPinfl: string,
  person: { pinfl: string; guardianConsented: boolean; isDead?: boolean },
): HolderKind | undefined {
  if (person.isDead) return holderPinfl === person.pinfl ? undefined : 'heir';
  if (holderPinfl === person.pinfl) return 'person';
  return person.guardianConsented ? 'guardian' : undefined;
}

/** The reason why an account is not taken for a person. */
export type AccountFault = 'official_holder' | 'official_takes_part' | 'anothers_account';

/** `takes_part`: an official who takes part in the case, or decides about the account. */
export type HoldersOffice = 'none' | 'elsewhere' | 'takes_part';

/** A confirmed account of another payee with the same number. */
export interface OtherAccount {
  holderPinfl: string | null;
}

/**
 * Why an account is not taken [measures §4]. An official's account is none, but a guardian's own, if that official takes no part
 * in the case. An account that is confirmed for another person is none either, unless the same holder has it for both: then the
 * holder is the guardian of both, or one of the two is the guardian of the other.
 */
export function accountFault(
  holder: { pinfl: string; as: HolderKind; office: HoldersOffice },
  others: readonly OtherAccount[],
): AccountFault | undefined {
  if (holder.office === 'takes_part' && holder.as !== 'person') return 'official_takes_part';
  if (holder.office !== 'none' && holder.as === 'person') return 'official_holder';
  return others.every(({ holderPinfl }) => holderPinfl === holder.pinfl) ? undefined : 'anothers_account';
}

/**
 * Whether a telephone was changed so lately that somebody else may have given it.
 *
 * @param within in days
 */
export const isNewPhone = (changedOn: Day | null, today: Day, within: number): boolean =>
  changedOn !== null && today <= addDays(changedOn, within);

/** A person's telephone, with the number before its last changes and the day of the last. */
export interface KnownPhone {
  phone: string | null;
  phoneBefore: string | null;
  phoneChangedOn: Day | null;
}

/**
 * The number before a change of the telephone, and the day of the change: money of the person may follow it [measures §4]. While
 * the last change is new, the number before that change stays. A second change does not hide it.
 *
 * @param within in days
 */
export function phoneKept(
  before: KnownPhone,
  { phone }: { phone?: string | null },
  on: Day,
  within: number,
): Partial<Pick<KnownPhone, 'phoneBefore' | 'phoneChangedOn'>> {
  if (phone === undefined || phone === before.phone) return {};
  const earlier = isNewPhone(before.phoneChangedOn, on, within) ? before.phoneBefore : null;
  return { phoneBefore: earlier ?? before.phone, phoneChangedOn: on };
}
