import { inspect } from 'node:util';
import { MachineError, machinesFault } from './machine.cjs';

const coded = (code: string) => Object.assign(new Error('it failed'), { code });

test.each([
  [new MachineError('PostgreSQL did not start'), 'PostgreSQL did not start'],
  [
    new Error('no world', { cause: new MachineError('PostgreSQL did not start') }),
    'PostgreSQL did not start',
  ],
  [new AggregateError([coded('ENOSPC')]), 'the disk is full'],
  [coded('53100'), 'the disk is full'],
  [coded('ENOMEM'), 'memory is used up'],
  [new Error('listen EADDRINUSE: address already in use 127.0.0.1:8080'), 'a port is taken'],
  [coded('EMFILE'), 'too many files are open'],
  [new Error('spawn java EAGAIN'), 'no more processes can be started'],
])('a fault of the machine is named in words: %s', (error, words) => {
  expect(machinesFault(inspect(error))).toBe(words);
});

test.each([
  new Error('expected 201, got 503'),
  new Error('Expected: 53100'),
  new TypeError('undefined is not a function'),
])('another error is no fault of the machine: %s', (error) => {
  expect(machinesFault(inspect(error))).toBeUndefined();
});
