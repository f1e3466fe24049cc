export { type AppEnv, createApp, type Health } from './app.ts';
export { bookingCode, type Mac, readBookingCode, uuidOf } from './booking-code.ts';
export { type Clock, iso, systemClock } from './clock.ts';
export { baseConfig, ConfigError, readConfig, readSecret } from './config.ts';
export { type Running, runMain } from './lifecycle.ts';
export { createLog, type Log } from './log.ts';
export { fetchOverBus, requestOverBus, serveOverBus } from './over-bus.ts';
export {
  type FollowedEvent,
  type OwnerContext,
  OwnerService,
  type OwnerServiceOptions,
  type Worker,
} from './owner-service.ts';
export { pageHeaders } from './page-headers.ts';
export { hashPassword, passwordHolds } from './password.ts';
export { createCallerFactory, mergeRouters, openProcedure, procedure, router, type ServiceContext } from './trpc.ts';
