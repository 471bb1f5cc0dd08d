import { contracts } from '../../contracts';
import { otherActs } from '../../domain/other-acts';
import { pathwayOf, type RowKind } from '../../domain/pathways';
import { routes } from '../routes';
import { choiceRoute, commandRoute, commandRoutes, giveTo } from './command-route';
import { openApiOf } from './openapi';
import { route } from './route';
import { paramsOf } from './stateful';

interface Operation {
  description?: string;
  'x-actions'?: string[];
}

const operations = Object.values(openApiOf(routes).paths ?? {}).flatMap(
  (path) => Object.values(path) as Operation[],
);

test('every command of every pathway and every other act is carried out by an operation, which names it', () => {
  const commands = (Object.keys(contracts) as RowKind[]).flatMap((kind) =>
    Object.keys(pathwayOf(kind).commands).map((name) => `${kind}.${name}`),
  );
  const named = new Set(operations.flatMap((operation) => operation['x-actions'] ?? []));
  const acts = [...Object.keys(otherActs), 'finding', 'take'].map((act) => `task.${act}`);
  expect([...named].toSorted()).toEqual([...commands, ...acts, 'line.amount'].toSorted());
});

test('a route of the head alone says so', () => {
  const described = operations.find((operation) => operation['x-actions']?.includes('recovery.decision'));
  expect(described?.description).toMatch(/For: finance_officer \(head\)\.$/);
});

const shown = { path: '/x/{id}', tag: 'x', summary: '' };
const answers = { 200: paramsOf('claim') };

test('a command’s path is its row’s with the command’s name', () => {
  const [decision] = commandRoutes('recovery', answers[200], { decision: { summary: '' } });
  expect(decision).toMatchObject({
    method: 'post',
    path: '/recoveries/{id}/decision',
    tag: 'recoveries',
    actions: ['recovery.decision'],
  });
});

test('of a choice each alternative is one of the union’s own', () => {
  const { body } = choiceRoute({
    ...shown,
    kind: 'claim',
    names: ['resolution', 'unpayable'],
    choose: (said) => ('unpayable' in said ? 'unpayable' : 'resolution'),
    answers,
  });
  const tried = (said: object) => body?.safeParse(said).success;
  expect(tried({ unpayable: true, reason: 'The account is closed.' })).toBe(true);
  expect(tried({ resolution: 'answered', words: 'As it stands.' })).toBe(true);
  expect(tried({ resolution: 'answered', reason: 'As it stands.' })).toBe(false);
});

// Each of these does not compile without the comment above it: `npm run typecheck` is the test.
test('a route that differs from the contract does not compile', () => {
  const ofDecision = { ...shown, kind: 'referral', name: 'decision', answers } as const;
  commandRoute(ofDecision);
  // @ts-expect-error a command that the pathway does not have
  expect(() => commandRoute({ ...ofDecision, name: 'decide' })).toThrow('referral has no command decide');
  // @ts-expect-error an answer is missing that the contract has
  commandRoute({ ...shown, kind: 'case', name: 'referral', answers });
  // @ts-expect-error a command that answers with another row than its own
  commandRoutes('claim', answers[200], { correction: { summary: '' } });
  const { body } = contracts.referral.withdrawal;
  const params = paramsOf('referral');
  const withdrawal = { ...shown, method: 'post', who: 'public', params, body, answers } as const;
  route({ ...withdrawal, handle: (ctx) => giveTo(ctx, 'referral', 'withdrawal') });
  // @ts-expect-error a body of another command
  route({ ...withdrawal, handle: (ctx) => giveTo(ctx, 'referral', 'hearing') });
  // @ts-expect-error a field by another name
  route({ ...withdrawal, handle: (ctx) => ({ status: 200, body: ctx.body.grounds }) });
  const renamed = body.omit({ words: true }).extend({ grounds: body.shape.words });
  const ofRenamed = { ...withdrawal, body: renamed };
  // @ts-expect-error a body with a field by another name
  route({ ...ofRenamed, handle: (ctx) => giveTo(ctx, 'referral', 'withdrawal') });
  // @ts-expect-error an action of no row
  route({ ...withdrawal, actions: ['referral.withdraw'], handle: () => ({ status: 200 }) });
});
