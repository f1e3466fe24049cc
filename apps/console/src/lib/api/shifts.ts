import type { GateRouter } from '@anyuan/gate/router';
import { createTRPCClient } from '@trpc/client';
import type { ShiftsClient } from '../clients/shifts.ts';
import { type Caller, overHttp } from './transport.ts';

export function shiftsApi({ call, done }: Caller): ShiftsClient {
  const { shifts, facilities } = createTRPCClient<GateRouter>({ links: [overHttp('/api/gate/trpc')] });
  return {
    board: () => call(shifts.board.query()),
    record: (gate, date) => call(shifts.record.query({ gate, date })),
    closePoint: (command) => done(shifts.closePoint.mutate(command)),
    setDuty: (command) => done(shifts.setDuty.mutate(command)),
    addNote: (command) => done(shifts.addNote.mutate(command)),
    setRule: (gate, always) => done(shifts.setRule.mutate({ gate, always })),
    setGrace: (minutes) => done(shifts.setGrace.mutate({ minutes })),
    pins: () => call(shifts.pins.query()),
    setPin: (person, pin) => done(shifts.setPin.mutate({ person, pin })),
    facilities: () => call(facilities.list.query()),
    saveFacility: (facility) => done(facilities.save.mutate(facility)),
    retireFacility: (facility, reason) => done(facilities.retire.mutate({ facility, reason })),
    look: (look) => done(facilities.look.mutate(look)),
    addPhoto: (photo) => call(facilities.addPhoto.mutate(photo)),
  };
}
