import { DAY } from './story';

const DECISION = {
  decision: 'reject',
  code: 'qualification',
  grounds: 'Two years of experience are needed.',
};

/** Inspections: steps, resolution, measure. */
export const inspections = {
  question: 'Which experience did the notice of the job ask for?',
  resolvedAt: null,
  breachedAt: null,
  measuredAt: null,
  findingOnly: null,
  earlierResolutions: [],
  'Inspection.jobKind': 'reserved',
  'Inspection.employmentId': null,
  'Inspection.steps': [],
  'Inspection.heard': null,
  'Inspection.earlier': [],
  'Inspection.facts': { issuedOn: DAY, decision: DECISION },
  'Inspection.lateDecision': null,
  'Inspection.resolution': null,
  'Inspection.startOn': null,
  'Inspection.measure': null,
  'inspections.extension.reason': 'The employer looks for the papers in its archive.',
  'inspections.hearing.confirmed': false,
  'inspections.resolution.grounds': 'A reserved job. The notice asked for no experience.',
  'inspections.explanation.words': 'The notice asked for no experience.',
  'step.words': 'The workshop has two free reserved places.',
  'measure.kind': 'Order',
  'measure.reason': 'The employer mended the breach first.',
  'resolution-withdrawal.reason': 'The resolution names another employer.',
};
