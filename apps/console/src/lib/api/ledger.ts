import type { LedgerRouter } from '@anyuan/ledger/router';
import { createTRPCClient } from '@trpc/client';
import type { LedgerClient } from '../clients/ledger.ts';
import { type Caller, overHttp } from './transport.ts';

export function ledgerApi({ call }: Caller): LedgerClient {
  const http = createTRPCClient<LedgerRouter>({ links: [overHttp('/api/ledger/trpc')] });

  return {
    hazards: (filter, before) => call(http.hazards.query(before === undefined ? { filter } : { filter, before })),
    mine: () => call(http.mine.query()),
    counts: () => call(http.counts.query()),
    hazard: (hazard) => call(http.hazard.query({ hazard })),
    report: (hazard) => call(http.reportHazard.mutate(hazard)),
    addPhoto: (photo) => call(http.addPhoto.mutate(photo)),
    assign: (command) => call(http.assign.mutate(command)),
    extend: (command) => call(http.extendDeadline.mutate(command)),
    fix: (command) => call(http.fix.mutate(command)),
    verify: (command) => call(http.verify.mutate(command)),
    reopen: (command) => call(http.reopen.mutate(command)),
    reject: (command) => call(http.reject.mutate(command)),
    urge: (command) => call(http.urge.mutate(command)),
  };
}
