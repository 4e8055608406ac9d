import { expect, test } from '@jest/globals';
import { databaseAway } from './database-away.js';

const withCode = (code: string): Error => Object.assign(new Error('…'), { code });

test.each([
  ['terminated by an administrator', withCode('57P01')],
  ['too many connections', withCode('53300')],
  ['refused at the socket', withCode('ECONNREFUSED')],
  ['ended while a statement ran', new Error('Connection terminated unexpectedly')],
  [
    'ended between two statements',
    new Error('Client has encountered a connection error and is not queryable'),
  ],
  ['no connection free in time', new Error('timeout exceeded when trying to connect')],
])('away: %s', (_, error) => {
  expect(databaseAway(error)).toBe(true);
});

test.each([
  ['a broken rule of the tables', withCode('23505')],
  ['a deadlock', withCode('40P01')],
  ['a fault of the program', new TypeError('undefined is not a function')],
  ['no error at all', 'text'],
])('not away: %s', (_, error) => {
  expect(databaseAway(error)).toBe(false);
});
