import { type Bench, caseManager, PINFL, seed, startBench } from '../../test/support/bench';
import { openedCase, rowOf, waitsOf } from '../../test/support/cases';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { unexplained } from '../../records/words-to-explain';
import { caseHandlers } from '../case';

let bench: Bench;
let personId: string;

beforeEach(async () => {
  bench = await startBench([caseHandlers]);
  ({ personId } = await seed(bench));
  await bench.db.person.update({ where: { id: personId }, data: { recommendedUntil: null } });
});
afterEach(() => bench.close());

const paper = {
  number: 'MSEK-12',
  date: '2023-02-01',
  issuer: 'TIEK Chilonzor',
  validUntil: '2024-12-31',
  group: 2,
  unsuitableKinds: ['ombor'],
  conditions: ['ramp'],
};
const step = (id: string, body: object) => bench.give(`case/${id}`, 'eligibility', body, caseManager);
const certificate = { step: 'certificate', certificate: paper };
const knows = (validUntil: string, more: object = {}) =>
  bench.sandbox.script({ tiek: { knows: { pinfl: PINFL, group: 2, validUntil, ...more } } });
const saysNo = () =>
  bench.sandbox.script({ tiek: { says_no: { pinfl: PINFL, reason: 'work_not_recommended' } } });
const eligibility = async (id: string) => (await rowOf(bench, id)).eligibility;

describe('yes', () => {
  test('is kept with the person and watched until sixty days before its end', async () => {
    await knows('2023-12-31');
    const id = await openedCase(bench, personId);
    expect(await eligibility(id)).toBe('yes');
    const { recommendation, recommendedUntil } = await bench.db.person.findUniqueOrThrow({
      where: { id: personId },
    });
    expect([recommendation, recommendedUntil]).toMatchObject([{ group: 2 }, '2023-12-31']);
    expect(await bench.waits(`case/${id}`)).toContainEqual({
      kind: 'recommendation_watch',
      role: 'clock',
      rank: null,
      due: '2023-11-01T09:00',
    });
  });

  test('ends soon: the case manager is told and helps to renew it; after the renewal its end is watched again', async () => {
    await knows('2023-06-30');
    const id = await openedCase(bench, personId);
    await bench.pass('3mo');
    expect(await bench.events(`case/${id}`)).toContain('recommendation_ends');
    expect(await bench.waits(`case/${id}`)).toContainEqual({
      kind: 'renew_recommendation',
      role: 'case_manager',
      rank: null,
      due: '2023-06-30T23:59',
    });
    const [notice] = await bench.db.notice.findMany({ where: { type: 'recommendation_ends' } });
    expect(notice).toMatchObject({ recipientId: caseManager.id, state: 'delivered' });
    await knows('2025-06-30');
    await step(id, { step: 'ask_again' });
    expect(await waitsOf(bench, id)).toEqual(['assessment', 'recommendation_watch']);
  });

  test('is in its last sixty days: the case manager is told at once', async () => {
    await knows('2023-04-01');
    const id = await openedCase(bench, personId);
    expect(await waitsOf(bench, id)).toEqual(['assessment', 'renew_recommendation']);
  });

  test('counts as no after its last day', async () => {
    await bench.sandbox.script({
      tiek: {
        garbage: {
          body: JSON.stringify({
            pinfl: PINFL,
            recommended: true,
            recommendation: {
              group: 2,
              validUntil: '2023-02-28',
              suitableKinds: [],
              unsuitableKinds: [],
              conditions: [],
              words: '',
            },
          }),
        },
      },
    });
    const id = await openedCase(bench, personId);
    expect(await eligibility(id)).toBe('no');
    const { params } = await bench.db.event.findFirstOrThrow({ where: { type: 'eligibility_no' } });
    expect(params).toEqual({ reason: 'expired' });
  });

  test('is not doubted by a register that falls silent later', async () => {
    const id = await openedCase(bench, personId);
    await bench.sandbox.script({ tiek: { down: {} } });
    await step(id, { step: 'ask_again' });
    await bench.pass('15d');
    expect(await eligibility(id)).toBe('yes');
    expect(await waitsOf(bench, id)).not.toContain('certificate');
  });
});

describe('no', () => {
  beforeEach(saysNo);

  test('closes nothing: the case manager has ten working days to act, then the supervisor has the task', async () => {
    const id = await openedCase(bench, personId);
    expect(await rowOf(bench, id)).toMatchObject({ open: true, state: 'assessment', eligibility: 'no' });
    expect(await bench.waits(`case/${id}`)).toContainEqual(
      expect.objectContaining({ kind: 'not_eligible', role: 'case_manager', due: '2023-03-16T23:59' }),
    );
    await bench.pass('20d');
    expect(await bench.waits(`case/${id}`)).toContainEqual(
      expect.objectContaining({ kind: 'not_eligible', role: 'supervisor' }),
    );
  });

  test('after a correction of the identity TIEK is asked again at once; a second no does not change the clock', async () => {
    const id = await openedCase(bench, personId);
    await bench.pass('5d');
    await step(id, { step: 'ask_again' });
    expect(await bench.waits(`case/${id}`)).toContainEqual(
      expect.objectContaining({ kind: 'not_eligible', due: '2023-03-16T23:59' }),
    );
    await knows('2030-01-01');
    await step(id, { step: 'ask_again' });
    expect([await eligibility(id), await waitsOf(bench, id)]).toEqual([
      'yes',
      ['assessment', 'recommendation_watch'],
    ]);
  });

  test('a new examination: TIEK is asked monthly, and after three months the supervisor has the task', async () => {
    const id = await openedCase(bench, personId);
    expect((await step(id, { step: 'new_examination', on: '2023-03-20' })).status).toBe(200);
    expect(await waitsOf(bench, id)).toEqual(['assessment', 'eligibility', 'new_examination']);
    await bench.pass('2mo');
    expect(await bench.db.registerAnswer.count({ where: { kind: 'eligibility' } })).toBe(3);
    await bench.pass('2mo');
    expect(await bench.waits(`case/${id}`)).toContainEqual(
      expect.objectContaining({ kind: 'new_examination', role: 'supervisor' }),
    );
    await knows('2030-01-01');
    await bench.pass('1mo');
    expect(await eligibility(id)).toBe('yes');
    expect(await waitsOf(bench, id)).not.toContain('new_examination');
  });

  test('a certificate may replace it until TIEK is asked again', async () => {
    const id = await openedCase(bench, personId);
    await step(id, certificate);
    expect(await eligibility(id)).toBe('evidence');
    await bench.pass('1d');
    expect(await eligibility(id)).toBe('no');
  });
});

describe('unknown', () => {
  beforeEach(() => bench.sandbox.script({ tiek: { down: {} } }));

  test('a certificate is refused while TIEK still has time to answer', async () => {
    const id = await openedCase(bench, personId);
    expect(await step(id, certificate)).toMatchObject({ status: 409, body: { code: 'register_first' } });
    expect((await step(id, { step: 'new_examination', on: '2023-03-20' })).body['code']).toBe('no_need');
  });

  test('for ten days: the certificate may be entered, and TIEK is asked twice a day without end', async () => {
    const id = await openedCase(bench, personId);
    await bench.pass('13d');
    expect(await eligibility(id)).toBe('unknown');
    expect(await waitsOf(bench, id)).toEqual(['assessment', 'certificate', 'eligibility']);
    const before = await bench.db.registerAnswer.count({ where: { kind: 'eligibility' } });
    await bench.pass('30d');
    const after = await bench.db.registerAnswer.count({ where: { kind: 'eligibility' } });
    expect(after - before).toBe(60);
  });

  const work = { unsuitableKinds: ['warehouse'], conditions: ['ramp'] };

  test.each([
    ['agrees', '2024-12-31', work, { agrees: true }],
    ['differs in its end', '2024-06-30', work, { agrees: false, fields: 'validUntil' }],
    [
      'differs in the work',
      '2024-12-31',
      { suitableKinds: ['sewing'], conditions: ['ramp'] },
      { agrees: false, fields: 'suitableKinds, unsuitableKinds' },
    ],
  ])('entered, then compared when the register answers: it %s', async (_, validUntil, said, compared) => {
    const id = await openedCase(bench, personId);
    await bench.pass('13d');
    expect((await step(id, certificate)).status).toBe(200);
    expect(await rowOf(bench, id)).toMatchObject({ eligibility: 'evidence', evidence: paper });
    expect(await waitsOf(bench, id)).toEqual(['assessment', 'eligibility', 'recommendation_watch']);
    await bench.sandbox.script({ tiek: { up: {} } });
    await knows(validUntil, said);
    await bench.pass('1d');
    expect(await eligibility(id)).toBe('yes');
    const { params } = await bench.db.event.findFirstOrThrow({ where: { type: 'certificate_compared' } });
    expect(params).toEqual(compared);
    const { recommendation } = await bench.db.person.findUniqueOrThrow({ where: { id: personId } });
    expect(recommendation).toMatchObject(said);
  });

  test('a word that no vocabulary has is the employment office’s task, until TIEK says no', async () => {
    const id = await openedCase(bench, personId);
    await bench.pass('13d');
    await step(id, { ...certificate, certificate: { ...paper, unsuitableKinds: ['ombor', 'zzz'] } });
    const said = await bench.db.event.findFirstOrThrow({ where: { type: 'words_not_known' } });
    expect(said).toMatchObject({ caseId: id, params: { words: 'zzz' } });
    expect(await waitsOf(bench, id)).toContain('recommendation_words');
    expect(await unexplained(bench.db, await readVocabulary(bench.db, bench.db), '')).toMatchObject([
      { caseId: id, words: ['zzz'] },
    ]);
    await bench.sandbox.script({ tiek: { up: {} } });
    await saysNo();
    await bench.pass('1d');
    expect(await waitsOf(bench, id)).not.toContain('recommendation_words');
  });

  test('a certificate that says nothing about work may be replaced by one that does', async () => {
    const id = await openedCase(bench, personId);
    await bench.pass('13d');
    const silent = { ...certificate, certificate: { ...paper, unsuitableKinds: [], conditions: [] } };
    expect((await step(id, silent)).status).toBe(200);
    const { params } = await bench.db.event.findFirstOrThrow({ where: { type: 'certificate_entered' } });
    expect(params).toEqual({ number: 'MSEK-12', validUntil: '2024-12-31', says: 'nothing' });
    expect((await step(id, certificate)).status).toBe(200);
    expect((await rowOf(bench, id)).evidence).toMatchObject(paper);
    expect(await waitsOf(bench, id)).toEqual(['assessment', 'eligibility', 'recommendation_watch']);
  });

  test('a certificate that has expired, or is not issued yet, is refused', async () => {
    const id = await openedCase(bench, personId);
    await bench.pass('13d');
    const over = { ...certificate, certificate: { ...paper, validUntil: '2023-03-01' } };
    expect(await step(id, over)).toMatchObject({ status: 422, body: { code: 'certificate_over' } });
    const tomorrow = { ...certificate, certificate: { ...paper, date: '2023-05-01' } };
    expect(await step(id, tomorrow)).toMatchObject({ status: 422, body: { code: 'impossible_day' } });
  });

  test('a second certificate is not needed', async () => {
    const id = await openedCase(bench, personId);
    await bench.pass('13d');
    await step(id, certificate);
    expect(await step(id, certificate)).toMatchObject({ status: 409, body: { code: 'eligible_already' } });
  });
});

describe('unknown words of the recommendation', () => {
  const says = (unsuitableKinds: string[]) =>
    bench.sandbox.script({
      tiek: { knows: { pinfl: PINFL, group: 2, validUntil: '2025-12-31', unsuitableKinds } },
    });
  const words = async (id: string) =>
    (await bench.waits(`case/${id}`)).filter(({ kind }) => kind === 'recommendation_words');

  test('are a task of the employment officer, then of the head, until TIEK says other words', async () => {
    await says(['ombor', 'zzz']);
    const id = await openedCase(bench, personId);
    expect(await words(id)).toMatchObject([{ role: 'employment_officer', rank: null }]);
    const said = await bench.db.event.findFirstOrThrow({ where: { type: 'words_not_known' } });
    expect(said).toMatchObject({ caseId: id, params: { words: 'zzz' } });
    await says(['ombor']);
    await step(id, { step: 'ask_again' });
    expect(await words(id)).toEqual([]);
  });

  test('known words make no task', async () => {
    await says(['ombor', 'tungi ish', 'тяжелый труд']);
    expect(await words(await openedCase(bench, personId))).toEqual([]);
  });
});
