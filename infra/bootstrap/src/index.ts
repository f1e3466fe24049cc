export { findChromium } from './chromium.ts';
export { chooseDataDir } from './data-dir.ts';
export { deviceIdentity, type Identity, observerIdentity } from './identities.ts';
export { ensureNatsServer } from './nats-server.ts';
export { mintCreds, mintDevice } from './nats-users.ts';
export { Refusal } from './refusal.ts';
export { type RunFile, readRunFile } from './run-file.ts';
export { type School, startSchool } from './school.ts';
export { prepareSecrets } from './secrets.ts';
