/**
 * Is this the person? The card's answer is the agent's; the guard adds the eye: 是本人 releases the chosen children, 不是
 * turns the screen red. A child that somebody else has already taken is a conflict and stays on the screen.
 */
import { openVerdict } from './arrivals.ts';
import type { PickupInput } from './inputs.ts';
import { peakNow, SHOWN_MS } from './peak.ts';
import { command, type Session, type Step, show, stay } from './state.ts';
import { watchBlocks } from './watch.ts';

export function pickupStep(s: Session, input: PickupInput, now: number): Step {
  const { screen } = s;
  switch (input.do) {
    case 'open':
      return show(s, { at: 'document' });
    case 'verdict':
      return openVerdict({ ...s, busy: null, touchedAt: now }, input.verdict, 'document');
    case 'child': {
      if (screen.at !== 'pickup') return stay(s);
      const child = screen.verdict.children.find((c) => c.id === input.child);
      if (!child || child.collected) return stay(s);
      const chosen = screen.chosen.includes(child.id)
        ? screen.chosen.filter((id) => id !== child.id)
        : [...screen.chosen, child.id];
      return show(s, { ...screen, chosen });
    }
    case 'handOver':
      if (screen.at !== 'pickup' || screen.chosen.length === 0 || watchBlocks(s)) return stay(s);
      return command(s, { run: 'handOver', verdict: screen.verdict.id, children: screen.chosen });
    case 'handedOver': {
      if (screen.at !== 'pickup') return stay({ ...s, busy: null });
      const conflict = input.results.some((r) => r.result === 'conflict');
      return show(
        { ...s, busy: null, touchedAt: now },
        {
          at: 'handedOver',
          verdict: screen.verdict,
          results: input.results,
          until: conflict ? null : now + (peakNow(s, now) === null ? SHOWN_MS.usual : SHOWN_MS.peak),
        },
        { run: 'sound', sound: conflict ? 'no' : 'yes' },
        ...(conflict ? [{ run: 'help' } as const] : []),
      );
    }
    case 'notThisPerson':
      return screen.at === 'pickup' ? command(s, { run: 'decline', verdict: screen.verdict.id }) : stay(s);
    case 'declined':
      if (screen.at !== 'pickup') return stay({ ...s, busy: null });
      return show(
        { ...s, busy: null },
        { at: 'pickupRefused', by: screen.by, reason: 'notThisPerson', verdict: screen.verdict },
        { run: 'sound', sound: 'no' },
        { run: 'help' },
      );
  }
}
