import { toldKinds } from '../../domain/obligations';
import type { Actor } from '../../domain/roles';
import { codeInWords, type Params, type Reader, taskInWords } from '../../domain/words/values';
import { eventInWords } from '../../domain/words/words';
import type { Tx } from '../../prisma/db';
import type { Task } from '../../prisma/generated/client';
import { type About, aboutAll, aboutDifference } from './about';
import { maySeePerson, nobody, type Parties, partiesOf } from './beside';
import { type ConsentAsked, consentsAsked } from './consents';
import { namesOf } from './names';
import { readerOf } from './reader';
import { idsIn, subjectInWords } from './subject';
import { taskFactsOf } from './task-facts';

/** What a person sees of a task before deciding: the act in words, and its subject. */
export interface Described extends Parties {
  what: string;
  about: string;
  asked: (ConsentAsked & { outcomeName?: string }) | null;
}

/** Describes tasks to their reader. The number of queries does not grow with the tasks. */
export async function describerOf(
  tx: Tx,
  tasks: readonly Task[],
  actor: Actor,
  now: Date,
): Promise<(task: Task) => Described> {
  const consents = await consentsAsked(tx, tasks);
  const abouts = await aboutTasks(tx, tasks, consents);
  const named = await partiesOf(tx, abouts, actor);
  const aboutOf = ({ id }: Task): About => abouts.get(id) ?? {};
  const ids = tasks.flatMap((task) => idsIn(task.subject, aboutOf(task)));
  const reader = readerOf(actor, now, await namesOf(tx, ids));
  const said = await saidOf(tx, tasks, reader);
  const factsOf = await taskFactsOf(tx, tasks, now);
  return (task) => {
    const about = aboutOf(task);
    const seen = maySeePerson(actor, about) ? about : { ...about, person: null };
    return {
      what: taskInWords(reader, task.kind, { ...about.owed, ...said.get(task.subject), ...factsOf(task) }),
      about: subjectInWords(reader, task.subject, seen, actor.role),
      ...(named.get(task.id) ?? nobody),
      asked: inWords(reader, consents.get(task.id)),
    };
  };
}

/** What a consent is asked for, with the words of its codes beside them. */
function inWords({ language }: Reader, asked: ConsentAsked | undefined): Described['asked'] {
  if (asked?.outcome === undefined) return asked ?? null;
  return { ...asked, outcomeName: codeInWords(language, 'outcome', asked.outcome) };
}

/** The rows that a task is about: its subject, and the row that a difference of a statement names. */
const rowsOf = ({ subject, kind, ref }: Task): string[] => [
  ...(kind === 'difference' ? aboutDifference(ref) : []),
  subject,
];

/** What tasks are about, by their numbers: their rows, and the person, employer and job that they name themselves. */
async function aboutTasks(
  tx: Tx,
  tasks: readonly Task[],
  consents: ReadonlyMap<bigint, ConsentAsked>,
): Promise<Map<bigint, About>> {
  const found = await aboutAll(tx, tasks.flatMap(rowsOf));
  const aboutTask = (task: Task): About => {
    const { personId: person, employerId: employer } = task;
    const row = Object.assign({}, ...rowsOf(task).map((subject) => found.get(subject))) as About;
    const job = consents.get(task.id)?.job;
    return {
      person,
      employer,
      ...row,
      ...(job && { employer: job.employerId, vacancy: job.vacancy, job: job.title }),
      owed: { ...row.owed, ...row.parts?.get(task.ref) },
    };
  };
  return new Map(tasks.map((task) => [task.id, aboutTask(task)]));
}

const asksAboutWords = ({ kind }: Task): boolean =>
  kind === 'recommendation_words' || (toldKinds as readonly string[]).includes(kind);

/** What events say of the subjects of tasks: the news that was left to a person, the words that no vocabulary has. */
async function saidOf(tx: Tx, tasks: readonly Task[], reader: Reader): Promise<Map<string, Params>> {
  const asking = tasks.filter(asksAboutWords);
  if (asking.length === 0) return new Map();
  const events = await tx.event.findMany({
    where: {
      subject: { in: asking.map(({ subject }) => subject) },
      type: { in: ['left_to_person', 'words_not_known'] },
    },
    orderBy: { id: 'asc' },
  });
  return new Map(
    events.map(({ subject, type, params }) => {
      const { words } = params as { words?: string };
      const said = words === undefined ? eventInWords(reader, type, params as Params) : null;
      return [subject, { words, said }];
    }),
  );
}
