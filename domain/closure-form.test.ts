import { closureForm, type Happened } from './closure-form';

const on = (
  day: string,
  type: string,
  params: Record<string, unknown> = {},
  subject = 'case/C-000001',
): Happened => ({
  at: new Date(`${day}T10:00:00+05:00`),
  type,
  subject,
  params,
});
const opened = [on('2023-03-01', 'case_opened'), on('2023-03-09', 'assessed'), on('2023-03-13', 'planned')];

test('each step with its days, each referral and inspection for itself', () => {
  const [first, second] = [{ referral: 'R-000001' }, { referral: 'R-000002' }];
  const inspection = { inspection: 'I-000001', ...first };
  const form = closureForm([
    ...opened,
    on('2023-03-14', 'referral_issued', first),
    on('2023-03-14', 'referral_delivered', first, 'referral/R-000001'),
    on('2023-03-20', 'referral_silent', first, 'referral/R-000001'),
    on('2023-03-20', 'inspection_opened', inspection, 'inspection/I-000001'),
    on('2023-03-22', 'referral_issued', second),
    on('2023-03-23', 'referral_accepted', second, 'referral/R-000002'),
    on('2023-04-03', 'hired', { employment: 'J-000001', ...second }, 'retention/J-000001'),
    on('2023-10-03', 'retained', {}, 'retention/J-000001'),
    on('2023-10-05', 'case_closed'),
  ]);
  expect(form).toMatchObject({ openedOn: '2023-03-01', closedOn: '2023-10-05', daysOpen: 218 });
  expect(form.done).toMatchObject({ referrals: 2, inspections: 1, hires: 1, reopenings: 0 });
  expect(form.steps.map(({ step, of, days }) => [step, of, days])).toEqual([
    ['assessment', 'case', 8],
    ['plan', 'case', 4],
    ['first_referral', 'case', 1],
    ['delivery', 'referral/R-000001', 0],
    ['delivery', 'referral/R-000002', null],
    ['employers_answer', 'referral/R-000001', 6],
    ['employers_answer', 'referral/R-000002', 1],
    ['contract', 'referral/R-000002', 11],
    ['inspection', 'inspection/I-000001', null],
    ['employment', 'retention/J-000001', 183],
  ]);
});

test('a measure runs from and to the days recorded by hand', () => {
  const training = { n: 1, kind: 'training' };
  const { steps } = closureForm([
    ...opened,
    on('2023-03-20', 'measure_started', { ...training, on: '2023-03-15' }),
    on('2023-06-20', 'measure_ended', { ...training, on: '2023-06-15' }),
    on('2023-06-20', 'case_closed'),
  ]);
  expect(steps).toContainEqual({
    step: 'measure',
    of: 'measure/1',
    from: '2023-03-15',
    until: '2023-06-15',
    days: 92,
  });
});

test('the time between a closure and a reopening does not count', () => {
  const form = closureForm([
    ...opened,
    on('2023-03-31', 'case_closed'),
    on('2023-09-01', 'case_reopened'),
    on('2023-09-11', 'case_closed'),
  ]);
  expect([form.daysOpen, form.openedOn, form.closedOn]).toEqual([40, '2023-03-01', '2023-09-11']);
});
