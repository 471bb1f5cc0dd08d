import path from 'node:path';
import { runAsProgram, withGround } from './program';
import { runScenario } from './run';
import { readScenario } from './scenario';
import { inStory } from './tell';

const story = readScenario(path.resolve(__dirname, 'demo.yaml'));

/** `npm run demo`: half a year of one person, as a story. */
runAsProgram(() =>
  withGround((ground) =>
    runScenario(
      ground,
      story,
      inStory((line) => console.log(line)),
    ),
  ),
);
