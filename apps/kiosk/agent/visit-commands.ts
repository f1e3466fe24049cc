/**
 * What the screen may do with a visitor: decided and on disk first, then the door, then a little patience for the owner's
 * word. `synced: false` is no failure: it goes later.
 */
import type { Kept } from '@anyuan/contracts';
import type { BookingDesk } from './booking-desk.ts';
import type { AdmitWish, Desk, ReturnWish, Subject } from './desk.ts';
import type { Journal } from './journal.ts';
import type { QuestionDesk } from './question-desk.ts';
import type { Sender } from './sender.ts';

/** The screen's patience for the owner's word on what was kept. */
const OWNER_MS = 1_500;

export interface VisitCommandDeps {
  desk: Desk;
  questions: QuestionDesk;
  journal: Pick<Journal, 'together'>;
  sender: Pick<Sender, 'now'>;
  bookings: Pick<BookingDesk, 'agreed' | 'used' | 'undone'>;
  /** @throws AppError while a person must still look at a warning (A6) */
  mustNotBlock(subject: Subject): void;
  openDoor(): void;
  /** He is in: his badge is printed. */
  admitted(visit: string): void;
}

export function visitCommands(deps: VisitCommandDeps) {
  const { desk, questions, journal, sender, bookings } = deps;
  const owned = async (id: string): Promise<boolean> => (await sender.now(id, OWNER_MS)) !== undefined;
  const kept = async (id: string): Promise<Kept> => ({ id, synced: await owned(id) });
  return {
    /** @returns `already`: another screen of this gate has let him in a moment ago; nothing is decided twice
     *  @throws AppError `conflict` when the host must agree and nobody has said why he goes in all the same */
    async admit(wish: AdmitWish & Parameters<QuestionDesk['confirmation']>[0]) {
      deps.mustNotBlock(wish);
      const already = desk.justAdmitted(wish);
      if (already) return { already };
      const { booking } = wish;
      const agreed = booking === undefined ? undefined : bookings.agreed(booking);
      const confirmation = agreed?.confirmation ?? questions.confirmation(wish);
      const { visit, number, security } = journal.together(() => {
        // What the guard counted and was told now goes before what was agreed.
        const { type = agreed?.type, party = agreed?.party, until = agreed?.until } = wish;
        const command = desk.admit({ ...wish, ...agreed, type, party, until }, confirmation);
        if (booking !== undefined) bookings.used(booking, command.visit);
        return command;
      });
      deps.openDoor();
      deps.admitted(visit);
      const ticket = security.result === 'held' ? (security.ticket ?? null) : null;
      return { visit, number, ticket, synced: await owned(visit) };
    },
    refuse: (wish: Parameters<Desk['refuse']>[0]) => kept(journal.together(() => desk.refuse(wish)).visit),
    /** @param count of a group; without it everybody who is left */
    signOut(visit: string, count?: number) {
      const { command } = journal.together(() => desk.signOut(visit, count));
      deps.openDoor();
      return kept(command);
    },
    /** A booking that was used for it may be used again. */
    undo(visit: string) {
      const { command } = journal.together(() => {
        const undone = desk.undo(visit);
        bookings.undone(visit);
        return undone;
      });
      return kept(command);
    },
    returnItems: (wish: ReturnWish) => kept(journal.together(() => desk.returnItems(wish)).command),
  };
}
