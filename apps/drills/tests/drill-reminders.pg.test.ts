import { afterEach, beforeEach, expect, test } from 'vitest';
import { drill, drillsSite, zhou } from './site.ts';

let site: Awaited<ReturnType<typeof drillsSite>>;
beforeEach(async () => {
  site = await drillsSite();
  await site.openTerm();
});
afterEach(() => site.close());

const told = async () => (await site.events('reminder')).map(({ data }) => [data.date, data.announced]);
const at = (day: string, time: string) => site.clock.set(`${day}T${time}:00.000+08:00`);
async function put(given: Parameters<typeof drill>[0]) {
  const command = drill(given);
  expect(await site.as(zhou).schedule(command)).toMatchObject({ result: 'scheduled' });
  return command.id;
}

test('on the school day before, from eight, once: a Monday on Friday, whatever the copies', async () => {
  const id = await put({ date: '2026-11-30', kind: 'fire' });
  for (const [day, time] of [
    ['2026-11-26', '12:00'],
    ['2026-11-27', '07:59'],
  ] as const) {
    at(day, time);
    await site.round();
    expect(await told()).toEqual([]);
  }
  at('2026-11-27', '08:00');
  await Promise.all([1, 2, 3].map(() => site.round()));
  at('2026-11-29', '12:00');
  await site.round();
  const [event, ...others] = await site.events('reminder');
  expect(others).toEqual([]);
  expect(event).toEqual({
    type: 'due',
    data: {
      ...{ drill: id, kind: 'fire', mode: 'exercise', date: '2026-11-30', time: '10:00', announced: true },
      lead: { id: 's-zhou', name: '周敏' },
    },
  });
});

test('after a holiday on the last school day before it', async () => {
  await put({ date: '2027-01-04', kind: 'fire' });
  at('2026-12-31', '08:00');
  await site.round();
  expect(await told()).toEqual([['2027-01-04', true]]);
});

test('put in late it is told at once; begun, called off, or over: not at all; moved: for its new day', async () => {
  at('2026-11-24', '15:00');
  const late = await put({ date: '2026-11-25', kind: 'fire' });
  await site.round();
  const off = await put({ date: '2026-11-26', kind: 'earthquake', announced: false });
  await site.as(zhou).cancel({ drill: off, reason: '下雨' });
  at('2026-11-25', '10:00');
  await site.round();
  expect(await told()).toEqual([['2026-11-25', true]]);
  await site.as(zhou).move({ drill: late, date: '2026-11-27', time: '10:00' });
  await site.round();
  at('2026-11-26', '08:00');
  await site.round();
  expect(await told()).toEqual([
    ['2026-11-25', true],
    ['2026-11-27', true],
  ]);
});

test('one that is not announced is marked so', async () => {
  await put({ date: '2026-11-25', announced: false });
  at('2026-11-24', '08:00');
  await site.round();
  expect(await told()).toEqual([['2026-11-25', false]]);
});
