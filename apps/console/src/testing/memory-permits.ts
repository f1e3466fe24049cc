/** Permits and vehicles in memory: a card and a plate stand on one permit, as the service keeps it. */
import type { PermitView } from '@anyuan/contracts';
import type { PermitsClient } from '../lib/clients/permits.ts';
import type { PermitsScene } from './permits-fixtures.ts';

export function memoryPermits(
  scene: PermitsScene,
  answer: <T>(value: T) => Promise<T>,
  sent: [name: string, input: unknown][],
): PermitsClient {
  let { permits, deliveries } = scene;
  const put = (permit: PermitView) => {
    permits = [permit, ...permits.filter((p) => p.permit !== permit.permit)];
  };
  const now = () => new Date().toISOString();
  const refused = { result: 'refused', holder: null, plate: null } as const;
  return {
    permits: () => answer(permits),
    byCard: (number) => answer(permits.filter((p) => p.cardLast4 !== null && number.endsWith(p.cardLast4))),
    changes: () => answer([]),
    strange: () => answer(scene.strange),
    inside: () => answer(scene.inside),
    deliveries: () => answer(deliveries),
    passes: ({ plate }) => answer(scene.passes.filter((p) => p.plate.includes(plate?.toUpperCase() ?? ''))),
    async save(command) {
      await answer(undefined);
      sent.push(['permit.save', command]);
      const { card, command: _, ...terms } = command;
      if (terms.validTo < terms.validFrom) return { ...refused, why: 'endsBeforeStart' };
      const holder = permits.find(
        (p) => p.permit !== terms.permit && p.plates.some((one) => terms.plates.includes(one)),
      );
      if (holder) return { ...refused, why: 'plateTaken', holder: holder.name, plate: holder.plates[0] ?? null };
      if (card.by === 'none' && terms.plates.length === 0) return { ...refused, why: 'noMeans' };
      const before = permits.find((p) => p.permit === terms.permit);
      const permit: PermitView = {
        ...{ suspended: null, state: 'valid', last: null, changedAt: now(), changedBy: { id: 'p-zhou', name: '周敏' } },
        ...before,
        ...terms,
        cardLast4: card.by === 'keep' ? (before?.cardLast4 ?? null) : card.by === 'none' ? null : '7731',
      };
      put(permit);
      return { result: 'saved', permit };
    },
    async suspend(command) {
      sent.push(['permit.suspend', command]);
      const found = await answer(permits.find((p) => p.permit === command.permit));
      if (found) put({ ...found, state: 'suspended', suspended: { at: now(), reason: command.reason } });
    },
    async giveBack(command) {
      sent.push(['permit.giveBack', command]);
      const found = await answer(permits.find((p) => p.permit === command.permit));
      if (found) put({ ...found, state: 'valid', suspended: null });
    },
    async plan(command) {
      await answer(undefined);
      sent.push(['delivery.plan', command]);
      if (command.to <= command.from) return { result: 'refused', why: 'windowBeforeStart' };
      const delivery = { ...command, cameAt: null };
      deliveries = [...deliveries, delivery];
      return { result: 'planned', delivery };
    },
    async cancel(delivery) {
      sent.push(['delivery.cancel', await answer(delivery)]);
      deliveries = deliveries.filter((d) => d.delivery !== delivery);
    },
  };
}
