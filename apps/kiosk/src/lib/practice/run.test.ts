/** Practice: real touches, invented people, and nothing that leaves the page. */
import type { KioskEvent } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import { alarm, at, id, NOW, no, presented, status } from '../../testing/data.ts';
import { permitTap } from '../../testing/vehicles.ts';
import type { Input } from '../inputs.ts';
import { HOSTS, PEOPLE, people } from './people.ts';
import {
  endsPractice,
  isReal,
  isUnattended,
  type PracticeRun,
  practiceDo,
  practiceStep,
  startPractice,
} from './run.ts';

const to = (person: (typeof PEOPLE)[number]): PracticeRun =>
  practiceDo({ ...startPractice(status(), NOW), at: PEOPLE.indexOf(person) }, 'come', NOW)[0];
const touch = (run: PracticeRun, ...inputs: Input[]): PracticeRun =>
  inputs.reduce((before, input) => practiceStep(before, input, NOW + 4000)[0], run);
const admitted: Input[] = [
  { flow: 'visitor', do: 'reason', reason: 'delivery' },
  { flow: 'visitor', do: 'host', host: HOSTS[0] ?? { id: '', name: '', department: '', title: '' } },
  { flow: 'visitor', do: 'clear' },
  { flow: 'visitor', do: 'admit' },
];
const result = (run: PracticeRun) => ({ phase: run.phase, ...run.results.at(-1) });

describe('practice', () => {
  it('lets the guard do his real work and says how long it took', () => {
    expect(result(touch(to('first'), ...admitted))).toEqual({ phase: 'said', person: 'first', ms: 4000, right: true });
    expect(result(touch(to('pickup'), { flow: 'pickup', do: 'handOver' }))).toMatchObject({ right: true });
  });

  it('has a host who says yes, for whoever was here before too', () => {
    const again = touch(to('again'), { flow: 'visitor', do: 'clear' }, { flow: 'visitor', do: 'admit' });
    expect(result(again)).toMatchObject({ right: true });
  });

  it('finds a host by the keys', () => {
    const run = touch(to('first'), { flow: 'visitor', do: 'pickHost' }, { flow: 'visitor', do: 'letter', letter: '5' });
    const { screen } = run.session;
    expect(screen.at === 'visitor' && screen.pane.pane === 'hosts' && screen.pane.hosts?.length).toBe(3);
  });

  it('says what was wrong', () => {
    expect(result(touch(to('items'), ...admitted))).toMatchObject({ right: false });
    expect(result(touch(to('wrongPerson'), { flow: 'pickup', do: 'handOver' }))).toMatchObject({ right: false });
    expect(result(touch(to('wrongPerson'), { flow: 'pickup', do: 'notThisPerson' }))).toMatchObject({ right: true });
    expect(result(touch(to('lost'), { flow: 'core', do: 'back' }))).toMatchObject({ right: false });
    expect(result(touch(to('lost'), { flow: 'core', do: 'openHelp', wanted: null }))).toMatchObject({ right: true });
  });

  it('keeps things out, and looks at a document before anything opens', () => {
    const items: Input[] = [
      { flow: 'visitor', do: 'found' },
      { flow: 'visitor', do: 'item', item: 'knife' },
      { flow: 'visitor', do: 'refuseItems' },
    ];
    expect(result(touch(to('items'), ...items))).toMatchObject({ right: true });
    const marked = touch(to('document'), ...admitted);
    expect(marked.phase).toBe('serving');
    const answered = touch(marked, { flow: 'watch', do: 'unfold' }, { flow: 'watch', do: 'answer', is: 'unsure' });
    expect(result(answered)).toMatchObject({ right: true });
  });

  it('goes through everybody and sums it up', () => {
    let run = startPractice(status(), NOW);
    for (const _ of PEOPLE) {
      run = practiceDo(run, 'come', NOW)[0];
      run = touch(run, { flow: 'core', do: 'restart' });
      run = practiceDo(run, 'next', NOW)[0];
    }
    expect(run.phase).toBe('over');
    expect(run.results.map(({ person }) => person)).toEqual(PEOPLE);
  });

  it('has no shifts, lists, drills or vehicles in it', () => {
    for (const input of [
      { flow: 'desk', do: 'more', pane: 'alarm' },
      { flow: 'desk', do: 'visits', sort: 'number' },
      { flow: 'vehicles', do: 'open', visit: null },
    ] satisfies Input[]) {
      const run = touch(to('first'), input);
      expect([run.outside, run.session.screen.at]).toEqual([true, 'visitor']);
    }
  });

  it.each<[KioskEvent, boolean]>([
    [{ type: 'presented', presented: presented() }, true],
    [{ type: 'documentRefused', reason: 'unreadable', at: at(0) }, true],
    [{ type: 'verdict', verdict: no() }, true],
    [{ type: 'staffCard', tap: id(), person: { id: 's', name: '刘芳' }, mayStandDown: false, at: at(0) }, true],
    [{ type: 'code', text: '?', at: at(0) }, true],
    [{ type: 'visitCode', visit: id(), at: at(0) }, true],
    [{ type: 'notKept', at: at(0) }, true],
    [permitTap({ result: 'refused', refusal: 'suspended' }), true],
    [{ type: 'alarms', incidents: [alarm()] }, true],
    [{ type: 'alarms', incidents: [] }, false],
    [{ type: 'reading', device: 'reader' }, false],
    [{ type: 'status', status: status() }, false],
  ])('of what the gate hears, $type ends it: %#', (event, ends) => expect(endsPractice(event)).toBe(ends));

  it('has a group, of whom each is counted', () => {
    const more = (by: number): Input => ({ flow: 'visitor', do: 'count', by });
    expect(result(touch(to('group'), ...admitted))).toMatchObject({ person: 'group', right: false });
    expect(result(touch(to('group'), more(1), more(1), more(1), more(1), ...admitted))).toMatchObject({ right: true });
  });

  it('ends for a press of its own, and when nobody practises', () => {
    expect(isReal({ flow: 'alarm', do: 'press' })).toBe(true);
    const run = touch(to('first'), { flow: 'visitor', do: 'clear' });
    expect([isUnattended(run, NOW + 100_000), isUnattended(run, NOW + 130_000)]).toEqual([false, true]);
    expect(Object.keys(people).sort()).toEqual([...PEOPLE].sort());
  });
});
