import { z } from 'zod';
import { addDays, type Day } from '../../../domain/day';
import type { Rules } from '../../../domain/policy';
import { numberIn } from '../../../domain/policy-numbers';
import { lastDay } from '../../../domain/money/months';
import { monthsOf, partOf, type Period } from '../../../domain/money/period';
import { lengthOf } from '../../../domain/public-works';
import type { World } from '../world';
import { type Draw, drawOf } from './draw';
import type { Diary } from './diary';
import type { Profile } from './profile';
import { type Job, mustBeDone, type Participant, type Region } from './region';

/** The common data of the lives of a region's people. */
export interface Year {
  world: World;
  region: Region;
  diary: Diary;
  profile: Profile;
  seed: number;
  counted: Counted;
  /** The rules that are in force. People keep to them. */
  rules: Rules;
  /** Begins another life, today. */
  begin: Diary['begin'];
}

/** The counts of a region's events, for the progress line. */
export interface Counted {
  placed: number;
  begun: number;
  referrals: number;
  rejected: number;
  silent: number;
  complied: number;
  breached: number;
  jobsLost: number;
  subsidised: number;
}

export const nothingCounted = (): Counted => ({
  placed: 0,
  begun: 0,
  referrals: 0,
  rejected: 0,
  silent: 0,
  complied: 0,
  breached: 0,
  jobsLost: 0,
  subsidised: 0,
});

const made = z.object({ id: z.string() });
const employment = z.object({ id: z.string(), employerId: z.string(), hiredOn: z.string() });
const theCase = z.object({ state: z.string(), employments: z.array(employment) });
const theEmployment = z.object({ contract: z.string() });
const theReferral = z.object({
  id: z.string(),
  state: z.string(),
  inspections: z.array(z.object({ id: z.string() })).default([]),
});
const theInspection = z.object({ state: z.string(), findingOnly: z.string().nullable() });

/** A person's year, from the visit to a measure that has begun: a job, public works or training. */
export async function liveYear(year: Year, person: Participant): Promise<void> {
  const { diary, profile, seed } = year;
  const draw = drawOf(seed, person.pinfl);
  await diary.until(dayIn(profile.caseOpens, draw));
  const opened = await person.manager('POST', '/v1/cases', {
    pinfl: person.pinfl,
    consent: { by: 'person' },
  });
  const { id } = made.parse(mustBeDone(opened, 'case'));
  await diary.after(draw.between(profile.days.assessment));
  await command(person, 'PUT', `/v1/cases/${id}/assessment`, {
    capabilities: 'as found together',
    needs: 'as found together',
    wishes: 'to work',
    conditions: 'as recommended',
    barriers: 'none named',
  });
  await diary.after(draw.between(profile.days.plan));
  if (person.column === 'training') return train(year, person, id, draw);
  if (person.column === 'public_works') return doPublicWorks(year, person, id, draw);
  await command(person, 'PUT', `/v1/cases/${id}/plan`, {
    measures: [{ kind: 'job' }],
  });
  await seekJob(year, person, id, draw);
  if (person.column === 'subsidised_job') await subsidise(year, person, id);
}

const dayIn = ({ from, to }: { from: Day; to: Day }, draw: Draw): Day => {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return addDays(from, draw.between([0, days]));
};

async function command(
  person: Participant,
  method: 'POST' | 'PUT',
  path: string,
  body: object,
): Promise<unknown> {
  return mustBeDone(await person.manager(method, path, body), `${method} ${path}`);
}

const matches = z.object({
  suitable: z.array(z.object({ course: z.object({ id: z.string(), centreId: z.string() }) })),
});
const theTraining = z.object({ lastOn: z.string() });

/** The person is referred to a course that fits. The centre offers a place, and the course begins on the person's own first day. */
async function train(year: Year, person: Participant, id: string, draw: Draw): Promise<void> {
  const { diary, profile, region, counted } = year;
  const { decides, begins, leaves } = profile.measures.training;
  await command(person, 'PUT', `/v1/cases/${id}/plan`, { measures: [{ kind: 'training' }] });
  const found = mustBeDone(await person.manager('GET', `/v1/cases/${id}/courses`), 'courses');
  const [first, ...others] = matches
    .parse(found)
    .suitable.filter(({ course: { centreId } }) => centreId === region.centre);
  if (!first) throw new Error(`${id} has no course that fits`);
  const { course } = draw.from([first, ...others]);
  const referred = await command(person, 'POST', `/v1/cases/${id}/trainings`, { course: course.id });
  const training = made.parse(referred).id;
  await diary.after(draw.between(decides));
  const firstOn = addDays(diary.today, draw.between(begins));
  await centreEnters(region, training, 'decision', { decision: 'offer', firstOn });
  const path = `/v1/trainings/${training}`;
  const answered = await command(person, 'POST', `${path}/answer`, { yes: true, words: 'I come.' });
  const { lastOn } = theTraining.parse(answered);
  await diary.until(firstOn);
  counted.begun += 1;
  const period = { from: firstOn, to: lastOn };
  if (draw.happens(leaves)) return leave(year, person, { id, training, ...period }, draw);
  year.begin(() => attend(year, training, period, draw));
  await diary.until(addDays(lastOn, 1));
  await centreEnters(region, training, 'completion', { outcome: 'certificate', number: training });
  if (draw.happens(profile.measures.training.helped))
    await centreEnters(region, training, 'placement', { kind: 'business', words: 'as learned' });
  await close(person, id, 'in_training');
}

const centreEnters = async (region: Region, training: string, command: string, body: object): Promise<void> =>
  void mustBeDone(
    await region.trainingOfficer('POST', `/v1/trainings/${training}/${command}`, body),
    command,
  );

/** The person leaves the course: the centre says so, and the person confirms it. */
async function leave(
  { diary, region }: Year,
  person: Participant,
  { id, training, from }: { id: string; training: string } & Period,
  draw: Draw,
): Promise<void> {
  await diary.until(addDays(from, draw.between([7, 40])));
  await centreEnters(region, training, 'word', { code: 'dropped_out', words: 'no longer comes' });
  await command(person, 'POST', `/v1/trainings/${training}/hearing`, {
    confirmed: true,
    words: 'That is so.',
  });
  await close(person, id, 'no_suitable_job');
}

/** The centre enters each month on the third day of the next, by the timetable. */
async function attend(
  { diary, region, profile }: Year,
  training: string,
  period: Period,
  draw: Draw,
): Promise<void> {
  for (const month of monthsOf(period)) {
    await diary.until(addDays(lastDay(month), 3));
    const part = partOf(month, period);
    const held = part ? Math.floor(lengthOf(part) / 7) * 3 : 0;
    const attended = draw.happens(profile.measures.training.attends) ? held : Math.floor(held / 2);
    const entered = await region.trainingOfficer('POST', `/v1/trainings/${training}/attendance`, {
      month,
      attended,
      excused: 0,
    });
    // A month may have no day of the timetable, or fewer because of holidays.
    if (entered.status !== 422) mustBeDone(entered, 'attendance');
  }
}

/** The employment officer finds a place and enters the first day. The works end by themselves. */
async function doPublicWorks(year: Year, person: Participant, id: string, draw: Draw): Promise<void> {
  const { diary, profile, region, counted } = year;
  await command(person, 'PUT', `/v1/cases/${id}/plan`, { measures: [{ kind: 'public_works' }] });
  const works = made.parse(await command(person, 'POST', `/v1/cases/${id}/public-works`, {})).id;
  const [organiser] = region.jobs;
  const firstOn = diary.today;
  const lastOn = addDays(firstOn, draw.between(profile.measures.public_works.days));
  await officerEnters(region, works, 'agreement', {
    organiser: organiser?.employerId,
    work: '933',
    title: 'obodonlashtirish',
    hoursPerWeek: 30,
    firstOn,
    lastOn,
    pay: 1_400_000,
  });
  await officerEnters(region, works, 'begin', { on: firstOn });
  counted.begun += 1;
  year.begin(() => enterMonths(year, works, { from: firstOn, to: lastOn }));
  await diary.until(addDays(lastOn, 1));
  await close(person, id, 'in_public_works');
}

const officerEnters = async (region: Region, works: string, command: string, body: object): Promise<void> =>
  void mustBeDone(
    await region.employmentOfficer('POST', `/v1/public-works/${works}/${command}`, body),
    command,
  );

/** Timesheet and pay of each month come on paper on the third day of the next month. */
async function enterMonths({ diary, region }: Year, works: string, period: Period): Promise<void> {
  for (const month of monthsOf(period)) {
    await diary.until(addDays(lastDay(month), 3));
    const part = partOf(month, period);
    const days = part ? Math.min(20, lengthOf(part)) : 0;
    await officerEnters(region, works, 'months', { month, days, pay: days * 70_000 });
  }
}

const close = (person: Participant, id: string, outcome: string): Promise<unknown> =>
  command(person, 'POST', `/v1/cases/${id}/closure`, { outcome, summary: 'Completed.', personAgrees: true });

/** The person is referred to one employer after another, until an employer hires or the inspectorate makes an employer hire. */
async function seekJob(year: Year, person: Participant, id: string, draw: Draw): Promise<void> {
  const { diary, profile, counted } = year;
  const asked = new Set<string>();
  for (;;) {
    if (await isPlaced(person, id)) break;
    const job = nextJob(year, asked, draw);
    asked.add(job.stir);
    const issued = await person.manager('POST', `/v1/cases/${id}/referrals`, { vacancy: job.id });
    if (issued.status === 409 && (await isPlaced(person, id))) break;
    const referral = made.parse(mustBeDone(issued, 'referral')).id;
    counted.referrals += 1;
    const isHired = await employerAnswers(year, person, { id, referral, job }, draw);
    if (isHired) break;
    await diary.after(draw.between(profile.days.nextReferral));
  }
  counted.placed += 1;
}

/** The employer applies for the wage subsidy of the hire, the employment office reviews it, and its head signs the order. */
async function subsidise({ diary, region, counted }: Year, person: Participant, id: string): Promise<void> {
  // The labour register confirms the contract by the next day.
  while (!(await isPlaced(person, id))) await diary.after(1);
  const { employments } = theCase.parse(mustBeDone(await person.manager('GET', `/v1/cases/${id}`), 'case'));
  const hired = employments.at(-1);
  const job = region.jobs.find(({ employerId }) => employerId === hired?.employerId);
  if (!hired || !job) throw new Error(`${id} is placed with no employer of the region`);
  const path = `/v1/employments/${hired.id}`;
  const { contract } = theEmployment.parse(mustBeDone(await person.manager('GET', path), path));
  await diary.until(hired.hiredOn);
  const paper = { number: contract, date: hired.hiredOn, issuer: job.stir };
  const applied = await region.employer(job.stir)('POST', '/v1/subsidies', {
    programme: 'hire_pwd',
    pinfl: person.pinfl,
    hiredOn: hired.hiredOn,
    contract,
    group: person.group,
    documents: { hiring_order: paper },
  });
  const { id: subsidy } = made.parse(mustBeDone(applied, 'application'));
  await diary.after(1);
  mustBeDone(
    await region.employmentOfficer('POST', `/v1/subsidies/${subsidy}/review`, { outcome: 'propose' }),
    'review',
  );
  await diary.after(1);
  const order = { number: subsidy, date: diary.today };
  mustBeDone(await region.employmentHead('POST', `/v1/subsidies/${subsidy}/order`, order), 'order');
  counted.subsidised += 1;
}

async function isPlaced(person: Participant, id: string): Promise<boolean> {
  const { state } = theCase.parse(mustBeDone(await person.manager('GET', `/v1/cases/${id}`), 'case'));
  return state === 'employed' || state === 'retained';
}

function nextJob({ region, profile }: Year, asked: ReadonlySet<string>, draw: Draw): Job {
  const kind = draw.happens(profile.reservedJobs) ? 'reserved' : 'vacant';
  const ofKind = region.jobs.filter((job) => job.kind === kind);
  const untried = ofKind.filter(({ stir }) => !asked.has(stir));
  const [first, ...others] = untried.length > 0 ? untried : ofKind;
  if (!first) throw new Error('the region has no jobs');
  return draw.from([first, ...others]);
}

interface Offer {
  /** The case. */
  id: string;
  referral: string;
  job: Job;
}

/** @returns whether this employer, or another meanwhile, has hired the person */
async function employerAnswers(year: Year, person: Participant, offer: Offer, draw: Draw): Promise<boolean> {
  const { diary, profile } = year;
  const answer = diary.today >= profile.everybodyHiresFrom ? 'hires' : draw.one(profile.employer);
  if (answer === 'staysSilent') return staySilent(year, person, offer, draw);
  await diary.after(draw.between(profile.days.employerAnswers));
  return answer === 'hires' ? hire(year, person, offer, draw) : reject(year, person, offer, draw);
}

async function hire(
  year: Year,
  person: Participant,
  { id, referral, job }: Offer,
  draw: Draw,
): Promise<boolean> {
  const { diary, profile, region, world } = year;
  const startOn = addDays(diary.today, inTime(year, draw.between(profile.days.startAfterAcceptance)));
  const decided = await region.employer(job.stir)('POST', `/v1/referrals/${referral}/decision`, {
    decision: 'accept',
    startOn,
  });
  if (decided.status === 409) return isPlaced(person, id);
  mustBeDone(decided, 'acceptance');
  await diary.until(startOn);
  if (await isPlaced(person, id)) return true;
  const contract = `K-${referral}`;
  await world.register({ yammt: { hires: { pinfl: person.pinfl, stir: job.stir, on: startOn, contract } } });
  const registered = await region.employer(job.stir)('POST', `/v1/referrals/${referral}/contract`, {
    contract,
  });
  if (registered.status === 409) return isPlaced(person, id);
  mustBeDone(registered, 'contract');
  if (draw.happens(profile.losesJobWithinYear))
    year.begin(() => loseJob(year, { pinfl: person.pinfl, stir: job.stir }, draw));
  return true;
}

/** The days to a start, as far as the rules allow. */
const inTime = ({ rules }: Year, days: number): number => Math.min(days, numberIn(rules, 'startWithinDays'));

/** The labour register sends news of the end at once. The person's case goes back to planning. */
async function loseJob(
  { diary, world, counted }: Year,
  parties: { pinfl: string; stir: string },
  draw: Draw,
) {
  await diary.after(draw.between([20, 150]));
  await world.register({ yammt: { ends: { ...parties, reason: 'resigned', push: true } } });
  counted.jobsLost += 1;
}

async function reject(year: Year, person: Participant, offer: Offer, draw: Draw): Promise<boolean> {
  const { profile, region, counted } = year;
  const decided = await region.employer(offer.job.stir)('POST', `/v1/referrals/${offer.referral}/decision`, {
    decision: 'reject',
    code: draw.one(profile.rejections),
    grounds: 'as written by the employer',
  });
  if (decided.status === 409) return isPlaced(person, offer.id);
  mustBeDone(decided, 'rejection');
  counted.rejected += 1;
  await toInspector(year, person, offer, draw);
  return false;
}

/** The employer is silent. The case manager looks after its time, and then daily, because the calendar may add days. */
async function staySilent(year: Year, person: Participant, offer: Offer, draw: Draw): Promise<boolean> {
  const { diary, counted, rules } = year;
  await diary.after(rules.lengths.employerDecision.n + 1);
  for (;;) {
    const { state } = await referralOf(person, offer);
    if (state === 'silent') break;
    if (state !== 'delivered') return isPlaced(person, offer.id);
    await diary.after(1);
  }
  counted.silent += 1;
  await toInspector(year, person, offer, draw);
  return false;
}

const referralOf = async (person: Participant, { referral }: Offer) =>
  theReferral.parse(mustBeDone(await person.manager('GET', `/v1/referrals/${referral}`), 'referral'));

/** The inspection has a life of its own, and the person does not wait for it. */
async function toInspector(year: Year, person: Participant, offer: Offer, draw: Draw): Promise<void> {
  const [inspection] = (await referralOf(person, offer)).inspections;
  if (!inspection) throw new Error(`${offer.referral} was not followed by an inspection`);
  const own = drawOf(draw.between([0, 2 ** 30]), offer.job.stir);
  year.begin(() => inspect(year, person, { ...offer, inspection: inspection.id }, own));
}

async function inspect(
  year: Year,
  person: Participant,
  offer: Offer & { inspection: string },
  draw: Draw,
): Promise<void> {
  const { diary, profile, region, counted } = year;
  const path = `/v1/inspections/${offer.inspection}`;
  const look = async () => theInspection.parse(mustBeDone(await region.inspector('GET', path), 'inspection'));
  await diary.after(draw.between(profile.days.inspectorResolves));
  const { findingOnly } = await look();
  const found = findingOnly === null ? draw.one(profile.inspector) : 'unjustified';
  mustBeDone(
    await region.inspector(
      'POST',
      `${path}/resolution`,
      resolutionOf(found, findingOnly, offer, addDays(diary.today, inTime(year, 7))),
    ),
    'resolution',
  );
  if (found !== 'settled' && found !== 'directed') return;

  const isWilling = draw.happens(profile.employerComplies);
  await diary.after(draw.between(profile.days.employerComplies));
  if (isWilling && (await isStillFree(person, offer.id))) {
    await year.world.register({
      yammt: { hires: { pinfl: person.pinfl, stir: offer.job.stir, on: diary.today, push: true } },
    });
    counted.complied += 1;
    return;
  }
  // Mostly the employer's working days are over by then, and the labour register has answered no.
  await diary.after(20);
  while (watched.includes((await look()).state)) await diary.after(5);
  if ((await look()).state !== 'breached') return;
  counted.breached += 1;
  const measure = draw.happens(profile.measureAfterBreach)
    ? { kind: 'administrative report', number: `M-${offer.inspection}`, on: diary.today }
    : { none: true, reason: 'The job was given up.' };
  mustBeDone(await region.chief('POST', `${path}/measure`, measure), 'measure');
}

/** States in which an inspection waits for a contract. */
const watched = ['settled', 'directed', 'confirming'];

/** Whether the person has no work and no accepted referral. */
async function isStillFree(person: Participant, id: string): Promise<boolean> {
  const { state } = theCase.parse(mustBeDone(await person.manager('GET', `/v1/cases/${id}`), 'case'));
  if (state !== 'planning' && state !== 'referred') return false;
  const answer = mustBeDone(await person.manager('GET', `/v1/referrals?case=${id}&limit=200`), 'referrals');
  const { items } = z.object({ items: z.array(z.object({ state: z.string() })) }).parse(answer);
  return items.every((referral) => referral.state !== 'accepted' && referral.state !== 'confirming');
}

function resolutionOf(
  found: string,
  findingOnly: string | null,
  { inspection }: { inspection: string },
  startOn: Day,
) {
  const grounds = 'as found by the inspector';
  if (found === 'settled') return { resolution: 'settled', startOn, grounds };
  if (found === 'directed') return { resolution: 'directed', number: `D-${inspection}`, grounds };
  if (found === 'justified') return { resolution: 'justified', grounds };
  return {
    resolution: 'unjustified',
    code: findingOnly === null ? 'other' : 'person_works_elsewhere',
    grounds,
  };
}
