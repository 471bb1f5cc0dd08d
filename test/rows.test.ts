import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/*
 * A new kind of row changes the files that CONTRIBUTING lists, and no file of the frame. The words by which code names a kind are
 * sought in all files.
 */

const root = path.resolve(__dirname, '..');
const rooms = ['api', 'activities', 'contracts', 'domain', 'records', 'workflows', 'tools', 'test', 'bench'];

/** The words by which code names a kind, and the rooms that are its own. */
const rows = {
  'public-works': {
    named: /public-works|publicWorks|PublicWorks|public_works_/,
    own: /public-?works|\/works/,
  },
  training: {
    named:
      /training(Pathway|Stages|Handlers|Contracts|Facts|Preconditions|InLife)\b|(tx|db)\.training\b|FROM trainings/,
    own: /training/,
  },
  business: {
    named: /'business(es)?'|\bbusiness(es)?:|Business[A-Z]|business_[a-z]|business[A-Z]/,
    own: /business/,
  },
};

/** The frame: transaction, tasks, loop, the routes' frame. It knows no kind by name. */
const frame = [
  /^records\/kernel\/(?!kinds\.ts|aggregates\/)/,
  /^workflows\/(loop|pathway|stages|view|messages)\.ts$/,
  /^activities\/(row-activities|carry-out|tried|row-handlers|waking|preconditions|preview|possible|reconcile|restart)\.ts$/,
  /^api\/http\/(?!introduction|example-fields|list-parts|messages|visible)/,
];

/** The files of the product and its support. Tests name what they test. */
const files = rooms.flatMap((room) =>
  readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
    .map((file) => `${room}/${file}`)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')),
);

/** Whether a file is in the room of a row. Rows name each other. */
const isOfRow = (file: string): boolean => Object.values(rows).some(({ own }) => own.test(file));

const naming = ({ named }: (typeof rows)[keyof typeof rows]): string[] =>
  files
    .filter((file) => !isOfRow(file) && named.test(readFileSync(path.join(root, file), 'utf8')))
    .toSorted();

/** The paths of CONTRIBUTING's steps for a row and what it is made of. */
function listed(): string[] {
  const text = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
  const sections = ['A row', 'A command', 'A wait', 'A number', 'A list', 'A register', 'A measure'];
  return sections
    .flatMap((title) => (text.split(`\n## ${title}\n`)[1] ?? '').split('\n## ')[0] ?? '')
    .flatMap((section) => section.match(/`[a-z][\w/.<>-]*\/[\w/.<>-]*`/g) ?? [])
    .map((name) => name.slice(1, -1));
}

const isListed = (file: string, places: readonly string[]): boolean =>
  places.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place));

describe.each(Object.keys(rows) as (keyof typeof rows)[])('%s', (kind) => {
  test('the frame does not name it', () => {
    expect(naming(rows[kind]).filter((file) => frame.some((part) => part.test(file)))).toEqual([]);
  });

  test('CONTRIBUTING lists every file that names it', () => {
    const places = listed();
    expect(naming(rows[kind]).filter((file) => !isListed(file, places))).toEqual([]);
  });
});
