import type { GateRouter } from '@anyuan/gate/router';
import type { GatewayRouter } from '@anyuan/gateway/router';
import { createTRPCClient } from '@trpc/client';
import type { DayBookClient } from '../clients/day-book.ts';
import { type Caller, overHttp } from './transport.ts';

export function dayBookApi({ call }: Caller): DayBookClient {
  const http = createTRPCClient<GateRouter>({ links: [overHttp('/api/gate/trpc')] });
  const gateway = createTRPCClient<GatewayRouter>({ links: [overHttp('/api/trpc')] });

  return {
    page: (filter, after) => call(http.dayBook.mutate(after === null ? { filter } : { filter, after })),
    gates: () => call(http.gates.query()),
    find: (text) => call(http.findVisitors.mutate({ text })),
    file: (visitor) => call(http.visitorFile.mutate({ visitor })),
    idNumber: async (visit, purpose) => (await call(http.showIdNumber.mutate({ visit, purpose }))).idNumber,
    access: (asked) => call(http.accessLog.query(asked)),
    retention: () => call(http.retention.query()),
    integrity: () => call(gateway.integrity.query()),
    setRetention: (command) => call(http.setRetention.mutate(command)),
    erase: (command) => call(http.eraseVisitor.mutate(command)),
    rolls: () => call(http.siteRolls.query()),
    roll: (roll) => call(http.siteRoll.query({ roll })),
    openRoll: (command) => call(http.openSiteRoll.mutate(command)),
    takeRoll: (command) => call(http.takeSiteRoll.mutate(command)),
    closeRoll: (roll) => call(http.closeSiteRoll.mutate({ roll })),
  };
}
