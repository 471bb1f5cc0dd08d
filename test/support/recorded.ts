import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { History, RunWithHistory } from './histories';

export const RECORDED = path.resolve(__dirname, '../histories');
export const INCOMPATIBLE = path.join(RECORDED, 'incompatible');

const ENDING = '.json.gz';

/** A recorded history with the workflow it is of. */
export interface Recorded {
  workflowId: string;
  history: History;
}

/** Keeps a history as `<workflow id>.json.gz`, without the names of the machine it ran on. */
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

/** The workflow's type, as its history begins. */
export const typeOf = ({ history }: Recorded): string =>
  history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '';
