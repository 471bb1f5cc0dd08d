import { routes } from '../routes';
import { exampleFields } from './example-fields';
import { exampleOf } from './examples';
import { openApiOf } from './openapi';
import { problemSchema } from './problem';

test('every example is that of a route or of a refusal', () => {
  const unused = new Set(Object.keys(exampleFields));
  for (const [name, value] of Object.entries(exampleFields))
    Object.defineProperty(exampleFields, name, {
      get() {
        unused.delete(name);
        return value;
      },
    });
  openApiOf(routes);
  exampleOf(problemSchema, 'Problem');
  expect([...unused]).toEqual([]);
});
