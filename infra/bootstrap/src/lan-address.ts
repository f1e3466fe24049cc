/** How this machine is reached from the school's network; null without one. */
import { networkInterfaces } from 'node:os';

export function lanAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null;
}
