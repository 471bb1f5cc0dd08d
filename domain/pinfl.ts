import { type Day, isDay } from './day';

export type Sex = 'male' | 'female';

/** The possible problems of a personal number, in the order of the checks. */
export type PinflProblem = 'length' | 'first_digit' | 'birth_date' | 'check_digit';

/** The first digit tells sex and century of birth: from 1, a man and a woman of each century from the 19th. */
const CENTURIES = ['18', '19', '20'];

const WEIGHTS = [7, 3, 1];

/**
 * The problem of a PINFL (JSHSHIR), if any. A PINFL has 14 digits. The first digit, 1 to 6, means sex and century. The next
 * six are the birth date, DDMMYY. The last is the check digit.
 */
export const pinflProblem = (pinfl: string): PinflProblem | undefined => {
  if (!/^\d{14}$/.test(pinfl)) return 'length';
  if (!/^[1-6]/.test(pinfl)) return 'first_digit';
  if (!isDay(writtenBirthDay(pinfl))) return 'birth_date';
  return checkDigitOf(pinfl.slice(0, 13)) === pinfl[13] ? undefined : 'check_digit';
};

/** @throws RangeError when there is a problem with the number; the message does not repeat it */
export const birthDayOf = (pinfl: string): Day => writtenBirthDay(sound(pinfl));

/** @throws RangeError when there is a problem with the number; the message does not repeat it */
export const sexOf = (pinfl: string): Sex => (Number(sound(pinfl)[0]) % 2 === 1 ? 'male' : 'female');

/**
 * Makes a number that passes every check, for synthetic people only.
 *
 * @param serial six digits that distinguish people of one sex born on one day
 * @throws RangeError when no number can be made of these
 */
export const makePinfl = (birth: Day, sex: Sex, serial: string): string => {
  const [, century, year, month, date] = /^(\d\d)(\d\d)-(\d\d)-(\d\d)$/.exec(birth) ?? [];
  const first = 2 * CENTURIES.indexOf(century ?? '') + (sex === 'male' ? 1 : 2);
  const unchecked = `${first}${date}${month}${year}${serial}`;
  return sound(unchecked + checkDigitOf(unchecked));
};

const sound = (pinfl: string): string => {
  const problem = pinflProblem(pinfl);
  if (problem !== undefined) throw new RangeError(`not a PINFL: ${problem}`);
  return pinfl;
};

const writtenBirthDay = (pinfl: string): Day => {
  const century = CENTURIES[Math.ceil(Number(pinfl[0]) / 2) - 1];
  return `${century}${pinfl.slice(5, 7)}-${pinfl.slice(3, 5)}-${pinfl.slice(1, 3)}`;
};

/** The sum of the digits, weighted 7, 3, 1, 7, 3, 1 …, modulo 10. */
const checkDigitOf = (digits: string): string => {
  const sum = Array.from(digits).reduce(
    (total, digit, index) => total + Number(digit) * (WEIGHTS[index % 3] ?? 0),
    0,
  );
  return String(sum % 10);
};
