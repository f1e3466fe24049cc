/** Tables of `gate`: what its gates said that can't both be true, and what a person made of it. */
import type { Contradiction, ContradictionKind, ContradictionSide } from '@anyuan/contracts';
import type { JSONColumnType } from 'kysely';

export interface ContradictionTables {
  contradictions: ContradictionsTable;
  contradictionAnswers: ContradictionAnswersTable;
  /** One row: what was received before has been compared. */
  contradictionLooks: { until: Date };
}

/** Rows are added, never changed; no name stands in them. */
interface ContradictionsTable {
  id: string;
  /** Of the kind and its records: the same pair is one task, however often it is found. */
  key: string;
  kind: ContradictionKind;
  visit: string | null;
  permit: string | null;
  pass: string | null;
  sides: JSONColumnType<ContradictionSide[], string, string>;
  foundAt: Date;
}

/** Rows are added, never changed. Without a person: a later record made it whole. */
interface ContradictionAnswersTable {
  contradiction: string;
  command: string;
  how: NonNullable<Contradiction['settled']>['how'];
  byId: string | null;
  byName: string | null;
  note: string;
  at: Date;
}
