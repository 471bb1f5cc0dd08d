import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils';
import { activitiesIn, type History, type RunWithHistory } from './histories';

export const RECORDED = path.resolve(__dirname, '../histories');
export const INCOMPATIBLE = path.join(RECORDED, 'incompatible');

/** The lengths of the recorded histories. The file is checked in, so that a review shows a change that costs events. */
export const COUNTS = path.join(RECORDED, 'counts.json');

const ENDING = '.json.gz';

/** A recorded history and its workflow. */
export interface Recorded {
  workflowId: string;
  history: History;
}

/** Keeps a history as `<workflow id>.json.gz`, without the names of its machine. */
export function keep(folder: string, { workflowId, history }: RunWithHistory): void {
  const said = { workflowId, history: JSON.parse(historyToJSON(history)) as unknown };
  const text = JSON.stringify(said, (key, value: unknown) => (key === 'identity' ? undefined : value));
  writeFileSync(
    path.join(folder, `${workflowId.replaceAll('/', '-')}${ENDING}`),
    gzipSync(text, { level: 9 }),
  );
}

export const recordedFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => path.join(folder, file));

export function recorded(folder: string): Recorded[] {
  return recordedFiles(folder).map((file) => {
    const { workflowId, history } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Recorded;
    return { workflowId, history: historyFromJSON(history) };
  });
}

/** The workflow's type, from the first event of its history. */
export const typeOf = ({ history }: Recorded): string =>
  history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '';

/** The length of a history, and how often each local activity ran. */
interface Count {
  events: number;
  markers: Record<string, number>;
}

/** The counts of recorded histories, by workflow id. */
export const countsOf = (all: readonly Recorded[]): Record<string, Count> =>
  Object.fromEntries(all.map(({ workflowId, history }) => [workflowId, countOf(history)]));

function countOf(history: History): Count {
  const markers: Record<string, number> = {};
  for (const { name } of activitiesIn(history)) markers[name] = (markers[name] ?? 0) + 1;
  return { events: history.events?.length ?? 0, markers };
}

/** Keeps the counts of the histories that are recorded. */
export const keepCounts = (): void =>
  writeFileSync(COUNTS, `${JSON.stringify(countsOf(recorded(RECORDED)), null, 2)}\n`);
