import { dayInWords, parameters, type Reader } from '../../domain/words/values';
import { rowOf } from '../kernel/rows';
import type { About } from './about';

/**
 * The subject of a message or a task in one line: the person, the employer (to everybody but the employer), the job, and the
 * number to quote.
 *
 * @param of the person, employer and job of the row, without a person hidden from the reader
 */
export function subjectInWords(
  reader: Reader,
  subject: string,
  { person, other, employer, centre, job, thing }: About,
  recipient: string,
): string {
  const name = (id: string | null | undefined): string => (id && reader.nameOf?.(id)) || '';
  return [
    name(person),
    recipient === 'employer' ? '' : name(employer),
    name(centre),
    name(other),
    job ?? '',
    thing === undefined ? '' : thingInWords(reader, thing),
    numberOf(reader, subject),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** The ids and codes whose names the line and the words of a task need. */
export const idsIn = (subject: string, { person, other, employer, centre, thing, owed }: About): string[] =>
  [
    person,
    other,
    employer,
    centre,
    owed?.['to'],
    ...[subject, thing].map((of) => /^(?:office\/[^/]+\/|line\/\w+-)(\d{4,10})/.exec(of ?? '')?.[1]),
  ].filter((id): id is string => typeof id === 'string' && id !== '');

const thingInWords = (reader: Reader, thing: string): string =>
  rowOf(thing) ? numberOf(reader, thing) : thing;

/** The number of a row as people quote it. A budget line, a statement and an office have names. */
function numberOf(reader: Reader, subject: string): string {
  const row = rowOf(subject);
  if (!row) return officeInWords(reader, subject);
  if (row.kind === 'news') return '';
  if (row.kind === 'statement') return statementInWords(reader, row.id);
  return row.kind === 'line' ? inWords('line', row.id, reader) : row.id;
}

/** The day of a statement, and its fund where it is another than employment. */
function statementInWords(reader: Reader, id: string): string {
  const [day, fund] = [id.slice(-10), id.slice(0, -11)];
  return [dayInWords(reader, day), ...(fund === '' ? [] : [inWords('fund', fund, reader)])].join(', ');
}

/** An office without an official, `office/<role>/<area>`, and its fund where it is another than employment. */
function officeInWords(reader: Reader, subject: string): string {
  const [kind, role = '', area = '', fund] = subject.split('/');
  if (kind !== 'office') return '';
  const named = [inWords('role', role, reader), inWords('area', area, reader)];
  return [...named, ...(fund === undefined ? [] : [inWords('fund', fund, reader)])].join(', ');
}

/** A value as the catalogue shows the parameter of this name. */
function inWords(name: 'line' | 'role' | 'area' | 'fund', value: string, reader: Reader): string {
  const show = parameters[name];
  return typeof show === 'function' ? show(value, reader, {}) : value;
}
