import { readFileSync, statSync } from 'node:fs';
import * as workflows from '../../workflows';
import { PINFL, STIR } from '../support/bench';
import { ACCOUNT } from '../support/money';
import { replay, textOf } from '../support/histories';
import { written } from '../support/pathway-server';
import {
  COUNTS,
  countsOf,
  INCOMPATIBLE,
  RECORDED,
  recorded,
  recordedFiles,
  typeOf,
} from '../support/recorded';
import { workflowCode } from '../support/workflow-code';

// tools/record-histories.ts says how and when to record anew.

test('the present code can replay every recorded history', async () => {
  expect(await replay(await workflowCode(), recorded(RECORDED))).toEqual([]);
});

test('a history of every workflow is recorded, and all are small', () => {
  const types = new Set(recorded(RECORDED).map(typeOf));
  expect(Object.keys(workflows).filter((type) => !types.has(type))).toEqual([]);
  const bytes = recordedFiles(RECORDED).reduce((sum, file) => sum + statSync(file).size, 0);
  expect(bytes).toBeLessThan(300_000);
});

test('the recorded histories have their known lengths and local activities', () => {
  expect(countsOf(recorded(RECORDED))).toEqual(JSON.parse(readFileSync(COUNTS, 'utf8')));
});

test('replay can fail: the code cannot replay a history of an incompatible version', async () => {
  const incompatible = recorded(INCOMPATIBLE);
  expect(incompatible.map(typeOf)).toEqual(['referral']);
  expect(await replay(await workflowCode(), incompatible)).toEqual([
    expect.stringMatching(/^referral\/R-000001: DeterminismViolationError: /),
  ]);
});

test('no recorded history holds data of a person or an employer', () => {
  const personal = [
    PINFL,
    STIR,
    ACCOUNT,
    'Dilshod',
    'Karimov',
    'Nur Tikuv',
    '+998',
    'example.uz',
    'nurtikuv',
    ...Object.values(written.assessment),
  ];
  for (const { workflowId, history } of [...recorded(RECORDED), ...recorded(INCOMPATIBLE)]) {
    const text = textOf(history);
    expect({ workflowId, holds: personal.filter((each) => text.includes(each)) }).toEqual({
      workflowId,
      holds: [],
    });
  }
});
