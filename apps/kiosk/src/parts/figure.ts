import type { FigureName } from '@anyuan/ui';
import type { Sex } from '../lib/agent-client.ts';

/** A drawing where a photograph would be: it claims no more than the record says. */
export const figureOf = (sex: Sex): FigureName => (sex === 'male' ? 'man' : sex === 'female' ? 'woman' : 'unknown');

const GRANDPARENT = /[奶爷婆]|外公|姥/;
export const guardianFigure = (relation: string, sex: Sex): FigureName =>
  GRANDPARENT.test(relation) ? 'elder' : figureOf(sex);
