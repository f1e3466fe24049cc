/** Places inside the clone. */
import { join, resolve } from 'node:path';

export const clone = resolve(import.meta.dirname, '../../..');
export const toolsBin = join(clone, '.tools', 'bin');
export const inClone = (...parts: string[]): string => join(clone, ...parts);
