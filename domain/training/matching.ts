import { MATCHING_SETTINGS, OF_COURSES, type Offer, type Ranked, ranked, type Seeker } from '../matching';
import { type CourseTime, ENTREPRENEURSHIP, hoursPerWeek } from './course';

/** A course as it is recorded, with its centre. */
export type RecordedCourse = Omit<CourseTime, 'rolling'> & {
  id: string;
  field: string;
  conditions: readonly string[];
  skills: readonly string[];
  centre: { district: string; accessibility: readonly string[] };
};

/** A course for matching. The conditions of the centre are those of each of its courses. */
const offerOf = (course: RecordedCourse): Offer => ({
  id: course.id,
  work: course.field === ENTREPRENEURSHIP ? null : course.field,
  conditions: [...course.conditions, ...course.centre.accessibility],
  hoursPerWeek: hoursPerWeek(course),
  district: course.centre.district,
  skills: course.skills,
});

/** Ranks courses for a person, as `match` ranks jobs [measures §2]. A full course is ranked too, because it has a waiting list. */
export const matchCourses = (
  seeker: Seeker,
  courses: readonly RecordedCourse[],
  settings = MATCHING_SETTINGS,
): Ranked => ranked(seeker, courses.map(offerOf), OF_COURSES, settings);
