import {
  type CourseTime,
  ENTREPRENEURSHIP,
  inOrder,
  timeErrors,
  type Weekday,
} from '../../domain/training/course';
import type { Vocabulary } from '../../domain/vocabulary';
import type { Course } from '../../prisma/generated/client';
import { Coder } from '../http/coded';

/** What a caller says of a course, as far as it is checked. */
type Said = Partial<{ [Field in keyof CourseTime]: CourseTime[Field] | undefined }> & {
  field?: string | undefined;
  skills?: string[] | undefined;
  conditions?: string[] | undefined;
};

/**
 * The check of a course's words and time: the field, the skills and the conditions become codes, and the days of the week get their
 * order.
 *
 * @param before the course on record, which a change may leave as it is
 * @returns the course in codes, and the errors of its fields
 */
export function checked<C extends Said>(
  vocabulary: Vocabulary,
  said: C,
  before?: Course,
): { course: C; coder: Coder } {
  const coder = new Coder(vocabulary);
  const { field, skills, conditions, heldOn } = said;
  const course = {
    ...said,
    ...(field !== undefined && { field: field === ENTREPRENEURSHIP ? field : coder.work('field', field) }),
    ...(skills && { skills: coder.list('skills', 'skill', skills) }),
    ...(conditions && { conditions: coder.list('conditions', 'condition', conditions) }),
    ...(heldOn && { heldOn: inOrder(heldOn) }),
  };
  coder.errors.push(...timeErrors(timeOf(said, before)));
  return { course, coder };
}

const timeOf = (said: Said, before?: Course): CourseTime => ({
  rolling: said.rolling ?? before?.rolling ?? false,
  weeks: given(said.weeks, before?.weeks),
  firstDay: given(said.firstDay, before?.firstDay),
  lastDay: given(said.lastDay, before?.lastDay),
  heldOn: said.heldOn ?? ((before?.heldOn ?? []) as Weekday[]),
  startsAt: said.startsAt ?? before?.startsAt ?? '',
  endsAt: said.endsAt ?? before?.endsAt ?? '',
});

/** The value that the caller sends, also null. A field that is left out keeps its value on record. */
const given = <T>(said: T | null | undefined, before: T | null | undefined): T | null =>
  said === undefined ? (before ?? null) : said;
