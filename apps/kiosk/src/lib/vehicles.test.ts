/** The keypad of a visitor who has just been let in: what he drives is his. */
import { expect, it } from 'vitest';
import { presented } from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';
import { known } from '../testing/vehicles.ts';

const admitted = (): Desk =>
  new Desk()
    .sees({ type: 'presented', presented: presented() })
    .touch({ flow: 'visitor', do: 'clear' })
    .touch({ flow: 'visitor', do: 'admit' })
    .do({ flow: 'visitor', do: 'admitted', result: { visit: 'v1', number: 'E1', ticket: null, synced: true } });
const visit = { visit: 'v1', name: '张伟明' };
const [own] = known;
const nobodys = {
  ...own,
  plate: '京A12345',
  by: { as: 'other' },
  kind: 'other',
  label: null,
  doubt: 'unknown',
} as const;

it('a plate that is nobody’s becomes his, without a reason; one with a permit stays its own', () => {
  const desk = admitted().touch({ flow: 'vehicles', do: 'open', visit });
  desk.asked();
  if (own) desk.touch({ flow: 'vehicles', do: 'choose', found: { ...own, ...nobodys } });
  expect(desk.screen('vehicles').chosen).toMatchObject({ kind: 'visitor', label: '张伟明', doubt: null });
  desk.touch({ flow: 'vehicles', do: 'log', outcome: 'in', reason: null });
  const input = { plate: '京A12345', by: { as: 'visitor', visit: 'v1' }, outcome: 'in', reason: null };
  expect(desk.asked()).toEqual([{ run: 'logVehicle', input }]);
  desk.do({ flow: 'vehicles', do: 'logged', plate: '京A12345', outcome: 'in' });
  expect([desk.at, desk.session.hint?.key]).toEqual(['idle', 'vehicleIn']);
  const other = admitted().touch({ flow: 'vehicles', do: 'open', visit });
  if (own) other.touch({ flow: 'vehicles', do: 'choose', found: own });
  expect(other.screen('vehicles').chosen).toMatchObject({ kind: 'own', label: own?.label });
});

it('does not run away from a command that is on its way, and is not wiped with the ten seconds', () => {
  const desk = admitted().touch({ flow: 'visitor', do: 'undo' }).touch({ flow: 'vehicles', do: 'open', visit });
  expect(desk.at).toBe('admitted');
  expect(admitted().touch({ flow: 'vehicles', do: 'open', visit }).wait(15).at).toBe('vehicles');
});
