/**
 * The simulator as a process: env → config → start → stop on signal.
 *
 * A hundred devices have to live beside everything else on a small machine. Kept compiled code and a heap that is tuned
 * for size take a fifth off the resident memory; both must be set before the rest is loaded, hence the late imports.
 */
import { enableCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--optimize-for-size');
enableCompileCache();
const { BadConfig, readConfig } = await import('./config.ts');
const { startSim } = await import('./sim.ts');

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'run-dir': { type: 'string' },
    'gate-file': { type: 'string' },
    serial: { type: 'string' },
    swarm: { type: 'string' },
    mqtt: { type: 'string' },
  },
});
const given = {
  SIM_PORT: values.port,
  SIM_RUN_DIR: values['run-dir'],
  SIM_GATE_FILE_OUT: values['gate-file'],
  SIM_SERIAL: values.serial,
  SIM_SWARM: values.swarm,
  MQTT_URL: values.mqtt,
};
const env = { ...process.env, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };

try {
  const sim = await startSim(await readConfig(env));
  const { mounts, swarm } = sim.state();
  console.log(`simulated hardware: ${sim.url}, gate's devices: ${mounts}, alarm devices: ${swarm.devices.length}`);
  const stop = (): void => {
    sim.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  console.error(error instanceof BadConfig ? error.message : `the simulator can't start: ${String(error)}`);
  process.exit(1);
}
