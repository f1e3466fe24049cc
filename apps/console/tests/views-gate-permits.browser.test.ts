/** The views of permits and vehicles. */
import { everybodyCanRead } from './readable.ts';

everybodyCanRead([
  ['permits', { path: 'gate/permits' }],
  ['permits on a phone', { path: 'gate/permits', width: 390 }],
  ['vehicles', { path: 'gate/vehicles' }],
  ['vehicles on a phone', { path: 'gate/vehicles', width: 390 }],
]);
