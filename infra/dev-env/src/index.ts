/** Clients at every edge of a running school, for tools and cross-service tests. */
export { type EventOf, type KioskClient, openKiosk } from './kiosk-client.ts';
export { type OfficeClient, signIn } from './office-client.ts';
export { openSim, type SimClient } from './sim-client.ts';
export { listen } from './sse.ts';
